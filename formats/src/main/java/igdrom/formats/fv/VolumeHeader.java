package igdrom.formats.fv;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/// The header of a firmware volume.
///
/// Spec: PI 1.9 volume 3, "EFI_FIRMWARE_VOLUME_HEADER".
///
/// @param zeroVector 16 bytes, in some volumes a reset vector instead of zeros
/// @param length of the volume, as the header claims it (unsigned 64-bit)
/// @param blockMap without the terminating entry of zeros
/// @param tail the bytes between block map and end of the header, usually none
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

    /// The offset of the signature in the header.
    public static final int SIGNATURE_OFFSET = 0x28;

    private static final int FIXED_SIZE = 0x38;
    private static final int BLOCK_SIZE = 8;

    /// Real headers have less than 0x100 bytes.
    static final int MAX_HEADER_LENGTH = 0x1000;

    /// `EFI_FVB2_ERASE_POLARITY`: erased bits are ones.
    private static final long ERASE_POLARITY = 0x800;

    /// A run of equal blocks.
    public record Block(long count, long length) {}

    public VolumeHeader {
        blockMap = List.copyOf(blockMap);
    }

    /// The value of an erased byte in this volume.
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
            throw new MalformedImageException(
                    in.location(),
                    0x30,
                    "HeaderLength is 0x%x, expected 0x%x to 0x%x",
                    headerLength,
                    FIXED_SIZE + BLOCK_SIZE,
                    MAX_HEADER_LENGTH);
        }
        if (Long.compareUnsigned(length, headerLength) < 0) {
            throw new MalformedImageException(
                    in.location(),
                    0x20,
                    "FvLength is 0x%x, less than HeaderLength 0x%x",
                    length,
                    headerLength);
        }
        int checksum = in.u16("Checksum");
        int extHeaderOffset = in.u16("ExtHeaderOffset");
        int reserved = in.u8("Reserved");
        int revision = in.u8("Revision");
        List<Block> blockMap = readBlockMap(in, headerLength);
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

    private static List<Block> readBlockMap(Cursor in, int headerLength) {
        List<Block> blockMap = new ArrayList<>();
        while (in.position() + BLOCK_SIZE <= headerLength) {
            Block block = new Block(in.u32("NumBlocks"), in.u32("Length"));
            if (block.count() == 0 && block.length() == 0) {
                return blockMap;
            }
            blockMap.add(block);
        }
        throw in.malformed(FIXED_SIZE, "BlockMap has no terminating entry within HeaderLength");
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
