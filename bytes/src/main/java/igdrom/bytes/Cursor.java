package igdrom.bytes;

import java.util.Objects;

/// Reads an [Image] field by field. A field that exceeds the image throws a
/// [MalformedImageException] with the field's name.
public final class Cursor {
    private final Image image;
    private final Location location;
    private long position;

    public Cursor(Image image, Location location) {
        this.image = Objects.requireNonNull(image);
        this.location = location;
    }

    public Image image() {
        return image;
    }

    public Location location() {
        return location;
    }

    public long position() {
        return position;
    }

    public long remaining() {
        return image.size() - position;
    }

    public int u8(String field) {
        return image.u8(advance(field, 1));
    }

    public int u16(String field) {
        return image.u16(advance(field, 2));
    }

    public int u24(String field) {
        return image.u24(advance(field, 3));
    }

    public long u32(String field) {
        return image.u32(advance(field, 4));
    }

    /// An unsigned 64-bit value: compare with [Long#compareUnsigned].
    public long u64(String field) {
        return image.u64(advance(field, 8));
    }

    public Guid guid(String field) {
        return image.guid(advance(field, Guid.SIZE));
    }

    public Image image(String field, long size) {
        return image.slice(advance(field, size), size);
    }

    /// Reads a 32-bit count or size that must not exceed `max`.
    public int size(String field, int max) {
        long at = position;
        long value = u32(field);
        if (value > max) {
            throw malformed(at, "%s is 0x%x, the maximum is 0x%x", field, value, max);
        }
        return (int) value;
    }

    /// Requires the 16-bit value `expected`.
    public void expectU16(String field, int expected) {
        long at = position;
        int found = u16(field);
        if (found != expected) {
            throw malformed(at, "%s is 0x%04x, expected 0x%04x", field, found, expected);
        }
    }

    /// Requires the 32-bit value `expected`.
    public void expectU32(String field, long expected) {
        long at = position;
        long found = u32(field);
        if (found != expected) {
            throw malformed(at, "%s is 0x%08x, expected 0x%08x", field, found, expected);
        }
    }

    /// Requires the bytes of `expected`, usually a signature.
    public void expect(String field, Image expected) {
        long at = position;
        if (!image(field, expected.size()).equals(expected)) {
            throw malformed(at, "%s is not \"%s\"", field, expected.latin1());
        }
    }

    /// Moves to `target`, counted from the start of the image.
    public Cursor seek(String field, long target) {
        if (target < 0 || target > image.size()) {
            throw malformed(
                    position,
                    "%s points to 0x%x, the image ends at 0x%x",
                    field,
                    target,
                    image.size());
        }
        position = target;
        return this;
    }

    public Cursor skip(String field, long count) {
        advance(field, count);
        return this;
    }

    /// An exception about the field at the current position.
    public MalformedImageException malformed(String problem) {
        return malformed(position, problem);
    }

    /// An exception about the field at the current position.
    ///
    /// @param pattern of [String#format], with `values` for its placeholders
    public MalformedImageException malformed(String pattern, Object... values) {
        return malformed(position, pattern, values);
    }

    /// An exception about the field at `offset`.
    public MalformedImageException malformed(long offset, String problem) {
        return new MalformedImageException(location, offset, problem);
    }

    /// An exception about the field at `offset`.
    ///
    /// @param pattern of [String#format], with `values` for its placeholders
    public MalformedImageException malformed(long offset, String pattern, Object... values) {
        return new MalformedImageException(location, offset, pattern, values);
    }

    private long advance(String field, long count) {
        if (count < 0 || count > remaining()) {
            throw malformed("%s needs 0x%x bytes, 0x%x are left", field, count, remaining());
        }
        long at = position;
        position += count;
        return at;
    }
}
