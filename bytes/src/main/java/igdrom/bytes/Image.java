package igdrom.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// An immutable view of bytes, little endian and unsigned. Slicing does not copy.
///
/// Two images are equal when their bytes are. Reading outside the view is a programming error and
/// throws [IndexOutOfBoundsException]; read untrusted bytes through a [Cursor], which throws
/// [MalformedImageException] instead.
public final class Image {
    /// The largest file that [#load] reads: 1 GiB. The largest flash chips in PCs hold 64 MiB.
    public static final long MAX_FILE_SIZE = 1L << 30;

    public static final Image EMPTY = new Image(new byte[0], 0, 0);

    private final byte[] bytes;
    private final int from;
    private final int size;

    private Image(byte[] bytes, int from, int size) {
        this.bytes = bytes;
        this.from = from;
        this.size = size;
    }

    /// An image of the whole array, which the caller must not change afterwards.
    public static Image of(byte[] bytes) {
        return new Image(bytes, 0, bytes.length);
    }

    /// An image of the first `size` bytes of an array that the caller must not change afterwards.
    public static Image of(byte[] bytes, int size) {
        return new Image(bytes, 0, size).slice(0, size);
    }

    /// The bytes that `hex` spells in hexadecimal; white space is ignored.
    public static Image ofHex(String hex) {
        StringBuilder digits = new StringBuilder(hex.length());
        for (int i = 0; i < hex.length(); i++) {
            char c = hex.charAt(i);
            if (!Character.isWhitespace(c)) {
                digits.append(c);
            }
        }
        return of(HexFormat.of().parseHex(digits));
    }

    public static Image ofAscii(String text) {
        return of(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// `text` in UTF-16LE, without a terminating NUL.
    public static Image ofUtf16(String text) {
        return of(text.getBytes(StandardCharsets.UTF_16LE));
    }

    /// The concatenated parts.
    public static Image join(Iterable<Image> parts) {
        int size = 0;
        for (Image part : parts) {
            size = Math.addExact(size, part.size);
        }
        byte[] bytes = new byte[size];
        int at = 0;
        for (Image part : parts) {
            part.copyTo(bytes, at);
            at += part.size;
        }
        return of(bytes);
    }

    /// Reads a regular file.
    ///
    /// @throws IOException when it cannot be read or is larger than [#MAX_FILE_SIZE]
    public static Image load(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_SIZE) {
            throw new IOException("the file is larger than 1 GiB, too large for a firmware image");
        }
        return of(Files.readAllBytes(file));
    }

    public long size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int u8(long offset) {
        return bytes[at(offset, 1)] & 0xff;
    }

    public int u16(long offset) {
        int at = at(offset, 2);
        return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
    }

    public int u24(long offset) {
        int at = at(offset, 3);
        return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8) | ((bytes[at + 2] & 0xff) << 16);
    }

    public long u32(long offset) {
        int at = at(offset, 4);
        return ((bytes[at] & 0xff)
                        | ((bytes[at + 1] & 0xff) << 8)
                        | ((bytes[at + 2] & 0xff) << 16)
                        | (bytes[at + 3] << 24))
                & 0xffff_ffffL;
    }

    /// An unsigned 64-bit value: compare with [Long#compareUnsigned].
    public long u64(long offset) {
        return u32(offset) | (u32(offset + 4) << 32);
    }

    public Guid guid(long offset) {
        return new Guid(u64(offset), u64(offset + 8));
    }

    public Image slice(long offset, long length) {
        return new Image(bytes, at(offset, length), (int) length);
    }

    public Image from(long offset) {
        return slice(offset, size - offset);
    }

    /// Whether the bytes at `offset` equal `expected`; false when the view ends before that.
    public boolean matches(long offset, Image expected) {
        if (offset < 0 || offset > size - (long) expected.size) {
            return false;
        }
        int at = from + (int) offset;
        return Arrays.equals(
                bytes,
                at,
                at + expected.size,
                expected.bytes,
                expected.from,
                expected.from + expected.size);
    }

    public boolean startsWith(Image expected) {
        return matches(0, expected);
    }

    /// The first offset at or after `start` at which `needle` occurs, or -1.
    public long indexOf(Image needle, long start) {
        if (needle.size == 0) {
            return start <= size ? start : -1;
        }
        // Horspool: the byte at the end of the window decides how far the window can move.
        int end = needle.size - 1;
        int[] steps = new int[256];
        Arrays.fill(steps, needle.size);
        for (int i = 0; i < end; i++) {
            steps[needle.u8(i)] = end - i;
        }
        int last = from + size - needle.size;
        byte lastByte = needle.bytes[needle.from + end];
        int at = from + (int) Math.min(start, size);
        while (at <= last) {
            if (bytes[at + end] == lastByte && matches((long) at - from, needle)) {
                return (long) at - from;
            }
            at += steps[bytes[at + end] & 0xff];
        }
        return -1;
    }

    /// The first offset at or after `start` whose byte is `value`, or -1.
    public long indexOf(int value, long start) {
        for (int at = from + (int) Math.min(start, size); at < from + size; at++) {
            if (bytes[at] == (byte) value) {
                return (long) at - from;
            }
        }
        return -1;
    }

    public boolean contains(Image needle) {
        return indexOf(needle, 0) >= 0;
    }

    /// The first offset at or after `start` at which one of `prefixes` occurs, or -1.
    public long indexOfAny(SignaturePrefixes prefixes, long start) {
        int found = prefixes.indexIn(bytes, from + (int) Math.min(start, size), from + size);
        return found < 0 ? -1 : (long) found - from;
    }

    /// The first offset at or after `start` whose byte is not `value`, or [#size] when every byte
    /// is.
    public long indexOfOtherThan(int value, long start) {
        int end = from + size;
        int at = at(start, 0);
        if (at == end || bytes[at] != (byte) value) {
            return (long) at - from;
        }
        // Each byte equals the one before it for as long as all are the same.
        int same = Arrays.mismatch(bytes, at + 1, end, bytes, at, end - 1);
        return same < 0 ? size : (long) at + 1 + same - from;
    }

    public boolean isFilledWith(int value) {
        return indexOfOtherThan(value, 0) == size;
    }

    /// The sum of all bytes, modulo 256.
    public int sum8() {
        int sum = 0;
        for (int at = from; at < from + size; at++) {
            sum += bytes[at];
        }
        return sum & 0xff;
    }

    /// The sum of all little-endian 16-bit words, modulo 65536; a last odd byte is ignored.
    public int sum16() {
        return (int) sumOfWords() & 0xffff;
    }

    /// The sum of all little-endian 16-bit words; a last odd byte is ignored.
    public long sumOfWords() {
        long sum = 0;
        int end = from + size - 1;
        for (int at = from; at < end; at += 2) {
            sum += (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
        }
        return sum;
    }

    public long crc32() {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, size);
        return crc.getValue();
    }

    /// The SHA-256 in lower-case hexadecimal, as `sha256sum` prints it.
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, size);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /// The bytes as ISO 8859-1 text, in which every byte is a character.
    public String latin1() {
        return new String(bytes, from, size, StandardCharsets.ISO_8859_1);
    }

    /// The bytes as UTF-16LE text, up to the first NUL or the end.
    public String utf16() {
        int end = 0;
        while (end + 1 < size && u16(end) != 0) {
            end += 2;
        }
        return new String(bytes, from, end, StandardCharsets.UTF_16LE);
    }

    /// Whether the view covers its whole array, so that it keeps no other bytes alive.
    public boolean isWhole() {
        return size == bytes.length;
    }

    /// A copy in an array of its own, so that a small slice does not keep a large array alive.
    public Image detached() {
        return of(toByteArray());
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, from, from + size);
    }

    public void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, from, target, at, size);
    }

    void copyTo(MemorySegment target, long at) {
        MemorySegment.copy(bytes, from, target, ValueLayout.JAVA_BYTE, at, size);
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, from, size);
    }

    /// The bytes as a stream. It is not synchronized, unlike [java.io.ByteArrayInputStream], since
    /// decoders read byte by byte.
    public InputStream stream() {
        return new Stream(this);
    }

    private int at(long offset, long length) {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw new IndexOutOfBoundsException(
                    String.format(
                            "0x%x bytes at 0x%x of an image of 0x%x bytes", length, offset, size));
        }
        return from + (int) offset;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Image that && size == that.size && startsWith(that);
    }

    /// The CRC-32 of the bytes.
    @Override
    public int hashCode() {
        return (int) crc32();
    }

    @Override
    public String toString() {
        int shown = Math.min(size, 16);
        String hex = HexFormat.of().formatHex(bytes, from, from + shown);
        return String.format("Image[0x%x bytes: %s%s]", size, hex, shown < size ? "…" : "");
    }

    private static final class Stream extends InputStream {
        private final Image image;
        private int next;

        Stream(Image image) {
            this.image = image;
        }

        @Override
        public int read() {
            return next < image.size ? image.bytes[image.from + next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            int count = Math.min(length, image.size - next);
            if (count <= 0) {
                return -1;
            }
            System.arraycopy(image.bytes, image.from + next, target, offset, count);
            next += count;
            return count;
        }

        @Override
        public int available() {
            return image.size - next;
        }
    }
}
