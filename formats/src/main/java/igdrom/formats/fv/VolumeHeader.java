package igdrom.formats.fv;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import java.util.ArrayList;
import java.util.List;

/// The header of a firmware volume.
///
/// Spec: PI 1.9 volume 3, "EFI_FIRMWARE_VOLUME_HEADER".
///
/// @param zeroVector 16 bytes that need not be zero: some hold a reset vector
/// @param length of the whole volume, as the header claims it (unsigned 64-bit)
/// @param blockMap without the terminating pair of zeroes
/// @param tail what lies between the block map's end and `headerLength`, as a rule nothing
public record VolumeHeader(
        Image zeroVector,
        Guid fileSystem,
        long length,
        long attributes,
        int headerLength,
        int checksum,
        int extHeaderOffset,
        int reserved,
        int revision,
        List<Block> blockMap,
        Image tail) {

    static final Image SIGNATURE = Image.ofAscii("_FVH");

    /// Where the signature stands in the header.
    public static final int SIGNATURE_OFFSET = 0x28;

    private static final int FIXED_SIZE = 0x38;
    private static final int BLOCK_SIZE = 8;

    /// Real headers are below 0x100 bytes.
    static final int MAX_HEADER_LENGTH = 0x1000;

    /// `EFI_FVB2_ERASE_POLARITY`: erased bits are ones.
    private static final long ERASE_POLARITY = 0x800;

    /// A run of equal blocks.
    public record Block(long count, long length) {}

    public VolumeHeader {
        blockMap = List.copyOf(blockMap);
    }

    /// The byte that erased flash holds, as this header says.
    public int eraseByte() {
        return (attributes & ERASE_POLARITY) != 0 ? 0xff : 0x00;
    }

    static VolumeHeader read(Cursor in) {
        Image zeroVector = in.image("ZeroVector", 16);
        Guid fileSystem = in.guid("FileSystemGuid");
        long length = in.u64("FvLength");
        in.expect("Signature", SIGNATURE);
        long attributes = in.u32("Attributes");
        int headerLength = in.u16("HeaderLength");
        if (headerLength < FIXED_SIZE + BLOCK_SIZE || headerLength > MAX_HEADER_LENGTH) {
            throw in.malformed(
                    0x30,
                    String.format(
                            "HeaderLength is 0x%x, it must be 0x40 to 0x1000 (PI volume 3)",
                            headerLength));
        }
        if (Long.compareUnsigned(length, headerLength) < 0) {
            throw in.malformed(
                    0x20,
                    String.format(
                            "FvLength is 0x%x, the header alone has 0x%x", length, headerLength));
        }
        int checksum = in.u16("Checksum");
        int extHeaderOffset = in.u16("ExtHeaderOffset");
        int reserved = in.u8("Reserved");
        int revision = in.u8("Revision");
        List<Block> blockMap = new ArrayList<>();
        while (in.position() + BLOCK_SIZE <= headerLength) {
            Block block = new Block(in.u32("NumBlocks"), in.u32("Length"));
            if (block.count() == 0 && block.length() == 0) {
                Image tail = in.image("HeaderTail", headerLength - in.position());
                return new VolumeHeader(
                        zeroVector,
                        fileSystem,
                        length,
                        attributes,
                        headerLength,
                        checksum,
                        extHeaderOffset,
                        reserved,
                        revision,
                        blockMap,
                        tail);
            }
            blockMap.add(block);
        }
        throw in.malformed(
                FIXED_SIZE, "BlockMap has no terminating pair of zeroes inside HeaderLength");
    }

    void write(Emitter out) {
        out.image(zeroVector)
                .guid(fileSystem)
                .u64(length)
                .image(SIGNATURE)
                .u32(attributes)
                .u16(headerLength)
                .u16(checksum)
                .u16(extHeaderOffset)
                .u8(reserved)
                .u8(revision);
        for (Block block : blockMap) {
            out.u32(block.count()).u32(block.length());
        }
        out.u64(0).image(tail);
    }
}
