package igdrom.formats.compress;

import igdrom.bytes.Cursor;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.OptionalLong;

/// The header of an LZ4 frame. Its checksum is not verified, as in coreboot.
///
/// Spec: LZ4 Frame Format Description 1.6, "Frame Header".
record Lz4Frame(int flags, int maxBlockSize, OptionalLong contentSize, long headerSize) {
    private static final long MAGIC = 0x184d_2204L;
    private static final int VERSION = 1;
    private static final int FLAG_CONTENT_CHECKSUM = 1 << 2;
    private static final int FLAG_CONTENT_SIZE = 1 << 3;
    private static final int FLAG_BLOCK_CHECKSUM = 1 << 4;
    private static final int FLAG_DICTIONARY = 1;

    static Lz4Frame read(Image compressed, Location location) {
        Cursor in = new Cursor(compressed, location);
        in.expectU32("Magic Number", MAGIC);
        int flags = in.u8("FLG");
        if (flags >>> 6 != VERSION) {
            throw new MalformedImageException(
                    location, 4, "Version is %d, expected 1", flags >>> 6);
        }
        if ((flags & FLAG_DICTIONARY) != 0) {
            throw in.malformed(4, "FLG requires a dictionary, which is not supported");
        }
        int maxBlockSizeCode = (in.u8("BD") >>> 4) & 7;
        if (maxBlockSizeCode < 4) {
            throw new MalformedImageException(
                    location, 5, "Block MaxSize is %d, the minimum is 4", maxBlockSizeCode);
        }
        OptionalLong contentSize =
                (flags & FLAG_CONTENT_SIZE) != 0
                        ? OptionalLong.of(in.u64("Content Size"))
                        : OptionalLong.empty();
        in.u8("HC");
        return new Lz4Frame(flags, 1 << (8 + 2 * maxBlockSizeCode), contentSize, in.position());
    }

    int blockChecksumSize() {
        return (flags & FLAG_BLOCK_CHECKSUM) != 0 ? Integer.BYTES : 0;
    }

    int contentChecksumSize() {
        return (flags & FLAG_CONTENT_CHECKSUM) != 0 ? Integer.BYTES : 0;
    }
}
