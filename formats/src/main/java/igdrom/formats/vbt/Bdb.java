package igdrom.formats.vbt;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The BIOS data block (BDB): a header followed by blocks.
///
/// Source: Linux, intel_vbt_defs.h, `struct bdb_header`.
///
/// @param size the size of header and blocks according to the header
/// @param headerRest additional bytes of a longer header
/// @param tail the bytes after the last block, up to the end of the VBT
public record Bdb(
        Image signature,
        int version,
        int headerSize,
        int size,
        Image headerRest,
        List<BdbBlock> blocks,
        Image tail) {
    public static final int HEADER_SIZE = 22;
    public static final Image SIGNATURE = Image.ofAscii("BIOS_DATA_BLOCK");

    /// Upper bound for the number of blocks that are read. Observed: at most 45.
    public static final int MAX_BLOCKS = 256;

    static final int SIGNATURE_SIZE = 16;

    /// Offset of the field HeaderSize.
    static final int HEADER_SIZE_OFFSET = 0x12;

    /// Offset of the field BdbSize.
    static final int BDB_SIZE_OFFSET = 0x14;

    /// The first version of MIPI sequences with a 32-bit size.
    private static final int WIDE_SIZE_VERSION = 3;

    /// Version and 32-bit size at the start of MIPI sequences.
    private static final int WIDE_SIZE_END = 5;

    public Bdb {
        blocks = List.copyOf(blocks);
    }

    /// The first block with that id, which is the one that drivers use.
    public Optional<BdbBlock> block(int id) {
        return blocks.stream().filter(block -> block.id() == id).findFirst();
    }

    /// How the first block that was not read is truncated; empty when all blocks were read, or when
    /// reading stopped at the maximum number of blocks.
    public Optional<String> truncatedBlock() {
        long end = HEADER_SIZE + headerRest.size();
        for (BdbBlock block : blocks) {
            end += block.raw().size();
        }
        if (end + BdbBlock.HEADER_SIZE > Math.min(size, end + tail.size())
                || blocks.size() == MAX_BLOCKS) {
            return Optional.empty();
        }
        long bytes = BdbBlock.HEADER_SIZE + dataSize(tail, 0);
        return Optional.of(
                String.format(
                        "block %d is truncated: it has 0x%x bytes, 0x%x are left",
                        tail.u8(0), bytes, tail.size()));
    }

    /// Reads the BIOS data block at the start of `image`, which ends with the VBT.
    static Bdb read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        in.expect("Signature", SIGNATURE);
        in.seek("Signature", 0);
        Image signature = in.image("Signature", SIGNATURE_SIZE);
        int version = in.u16("Version");
        int headerSize = in.u16("HeaderSize");
        int size = in.u16("BdbSize");
        if (headerSize < HEADER_SIZE || headerSize > image.size()) {
            diagnostics.odd(
                    location,
                    HEADER_SIZE_OFFSET,
                    "HeaderSize 0x%x is invalid, blocks are read from 0x%x on",
                    headerSize,
                    HEADER_SIZE);
        }
        long restSize = headerSize > image.size() ? 0 : Math.max(0, headerSize - HEADER_SIZE);
        Image headerRest = in.image("header", restSize);
        List<BdbBlock> blocks = readBlocks(in, Math.min(size, image.size()), diagnostics);
        return new Bdb(
                signature,
                version,
                headerSize,
                size,
                headerRest,
                blocks,
                image.from(in.position()));
    }

    void write(Emitter out) {
        out.image(signature).u16(version).u16(headerSize).u16(size).image(headerRest);
        blocks.forEach(block -> block.write(out));
        out.image(tail);
    }

    /// Leaves `in` after the last block.
    private static List<BdbBlock> readBlocks(Cursor in, long end, Diagnostics diagnostics) {
        List<BdbBlock> blocks = new ArrayList<>();
        while (in.position() + BdbBlock.HEADER_SIZE <= end) {
            long at = in.position();
            if (blocks.size() == MAX_BLOCKS) {
                diagnostics.broken(
                        in.location(), at, "more than %d blocks, the rest is not read", MAX_BLOCKS);
                break;
            }
            int id = in.image().u8(at);
            long size = BdbBlock.HEADER_SIZE + dataSize(in.image(), at);
            // Observed: from about BDB 207 on, BdbSize is one byte too small, and the last block
            // ends with the VBT (14 of 20 tables of coreboot's boards).
            if (size > in.remaining()) {
                diagnostics.broken(
                        in.location(),
                        at,
                        "block %d has 0x%x bytes, 0x%x are left",
                        id,
                        size,
                        in.remaining());
                break;
            }
            blocks.add(new BdbBlock(id, at, in.image("block", size)));
        }
        return blocks;
    }

    /// Source: Linux, intel_bios.c, `_get_blocksize`: MIPI sequences from version 3 on have a
    /// 32-bit size after their version.
    ///
    /// Observed: that size counts neither the version nor itself (9 of 9 different tables:
    /// LattePanda, Chromebooks, Intel's boards); Linux treats it as the whole size.
    private static long dataSize(Image bdb, long at) {
        boolean wide =
                bdb.u8(at) == BdbBlock.MIPI_SEQUENCE
                        && at + 8 <= bdb.size()
                        && bdb.u8(at + BdbBlock.HEADER_SIZE) >= WIDE_SIZE_VERSION;
        return wide ? WIDE_SIZE_END + bdb.u32(at + 4) : bdb.u16(at + 1);
    }
}
