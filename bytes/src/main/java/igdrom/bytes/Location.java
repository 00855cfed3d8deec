package igdrom.bytes;

import org.jspecify.annotations.Nullable;

/// The path to a structure inside a file: every container from the file down.
///
/// For example `bios.bin/BIOS@0x500000/FV 8C8CE578…/FFS FF0C8745…@0x48/LZMA!/PE32@0x4`. The offset
/// after an `@` counts from the start of the enclosing container; `!` marks decompressed data,
/// where offsets start again at zero.
public final class Location {
    private final @Nullable Location parent;
    private final String name;
    private final long offset;
    private final int depth;

    private Location(@Nullable Location parent, String name, long offset) {
        this.parent = parent;
        this.name = name;
        this.offset = offset;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    /// The outermost container, usually named after the file.
    public static Location root(String name) {
        return new Location(null, name, -1);
    }

    /// A structure inside this container, `offset` bytes from its start.
    public Location in(String inner, long offset) {
        return new Location(this, inner, offset);
    }

    /// The data that `codec` decompresses from this container.
    public Location decompressed(String codec) {
        return new Location(this, codec + "!", -1);
    }

    /// The number of containers around this one.
    public int depth() {
        return depth;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text);
        return text.toString();
    }

    private void append(StringBuilder text) {
        if (parent != null) {
            parent.append(text);
            text.append('/');
        }
        text.append(name);
        if (offset >= 0) {
            text.append("@0x").append(Long.toHexString(offset));
        }
    }
}
