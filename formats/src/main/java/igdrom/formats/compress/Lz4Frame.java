package igdrom.formats.compress;

import igdrom.bytes.Cursor;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.OptionalLong;

/// The header of an LZ4 frame. Its checksum is not checked, as coreboot does not.
///
/// Spec: LZ4 Frame Format Description 1.6, "Frame Header".
record Lz4Frame(int flags, int blockMax, OptionalLong contentSize, long headerSize) {
    private static final long MAGIC = 0x184d_2204L;
    private static final int VERSION = 1;
    private static final int CONTENT_CHECKSUM = 1 << 2;
    private static final int CONTENT_SIZE = 1 << 3;
    private static final int BLOCK_CHECKSUM = 1 << 4;
    private static final int DICTIONARY = 1;

    static Lz4Frame read(Image packed, Location location) {
        Cursor in = new Cursor(packed, location);
        in.expectU32("Magic Number", MAGIC);
        int flags = in.u8("FLG");
        if (flags >>> 6 != VERSION) {
            throw in.malformed(4, String.format("Version is %d, not 1", flags >>> 6));
        }
        if ((flags & DICTIONARY) != 0) {
            throw in.malformed(4, "FLG asks for a dictionary, which firmware does not use");
        }
        int blockMaxCode = (in.u8("BD") >>> 4) & 7;
        if (blockMaxCode < 4) {
            throw in.malformed(
                    5, String.format("Block MaxSize is %d, the least is 4", blockMaxCode));
        }
        OptionalLong contentSize =
                (flags & CONTENT_SIZE) != 0
                        ? OptionalLong.of(in.u64("Content Size"))
                        : OptionalLong.empty();
        in.u8("HC");
        return new Lz4Frame(flags, 1 << (8 + 2 * blockMaxCode), contentSize, in.position());
    }

    int blockChecksumSize() {
        return (flags & BLOCK_CHECKSUM) != 0 ? Integer.BYTES : 0;
    }

    int contentChecksumSize() {
        return (flags & CONTENT_CHECKSUM) != 0 ? Integer.BYTES : 0;
    }
}
