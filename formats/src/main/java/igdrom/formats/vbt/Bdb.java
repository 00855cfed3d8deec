package igdrom.formats.vbt;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The BIOS data block: a header and the blocks behind it.
///
/// Source: Linux, intel_vbt_defs.h, `struct bdb_header`.
///
/// @param size of header and blocks, as the header says
/// @param headerRest what a longer header has more
/// @param tail what is behind the last block, up to the end of the VBT
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

    /// The most blocks that are read. Real tables have at most 45.
    public static final int MAX_BLOCKS = 256;

    static final int SIGNATURE_SIZE = 16;

    /// Version and size of MIPI sequences of version 3.
    private static final int WIDE_SIZE_END = 5;

    public Bdb {
        blocks = List.copyOf(blocks);
    }

    /// The first block of that id, which is the one that drivers use.
    public Optional<BdbBlock> block(int id) {
        for (BdbBlock block : blocks) {
            if (block.id() == id) {
                return Optional.of(block);
            }
        }
        return Optional.empty();
    }

    /// Reads up to the end of the VBT, which `in` holds from the BIOS data block on.
    static Bdb read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        in.expect("Signature", SIGNATURE);
        in.seek("Signature", 0);
        Image signature = in.image("Signature", SIGNATURE_SIZE);
        int version = in.u16("Version");
        int headerSize = in.u16("HeaderSize");
        int size = in.u16("BdbSize");
        if (headerSize < HEADER_SIZE || headerSize > image.size()) {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            0x12,
                            String.format(
                                    "HeaderSize is 0x%x, blocks are read from 0x%x on",
                                    headerSize, HEADER_SIZE)));
        }
        long more = headerSize > image.size() ? 0 : Math.max(0, headerSize - HEADER_SIZE);
        Image headerRest = in.image("header", more);
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

    /// Leaves `in` behind the last block.
    private static List<BdbBlock> readBlocks(Cursor in, long end, Diagnostics diagnostics) {
        List<BdbBlock> blocks = new ArrayList<>();
        while (in.position() + BdbBlock.HEADER_SIZE <= end) {
            long at = in.position();
            if (blocks.size() == MAX_BLOCKS) {
                diagnostics.add(
                        Diagnostic.broken(
                                in.location(),
                                at,
                                String.format(
                                        "more than %d blocks, the rest is not read", MAX_BLOCKS)));
                break;
            }
            int id = in.image().u8(at);
            long size = BdbBlock.HEADER_SIZE + dataSize(in.image(), at);
            // Observed: from about BDB 207 on BdbSize is one short, and the last block ends where
            // VbtSize says (14 of 20 tables of coreboot's boards).
            if (size > in.remaining()) {
                diagnostics.add(
                        Diagnostic.broken(
                                in.location(),
                                at,
                                String.format(
                                        "block %d has 0x%x bytes, 0x%x are left",
                                        id, size, in.remaining())));
                break;
            }
            blocks.add(new BdbBlock(id, at, in.image("block", size)));
        }
        return blocks;
    }

    /// Source: Linux, intel_bios.c, `_get_blocksize`: MIPI sequences of version 3 have a 32-bit
    /// size behind their version. Observed: that size leaves out the version and itself (9 of 9
    /// different tables: LattePanda, Chromebooks, Intel's boards), where Linux counts five bytes
    /// less.
    private static long dataSize(Image bdb, long at) {
        boolean wide =
                bdb.u8(at) == BdbBlock.MIPI_SEQUENCE
                        && at + 8 <= bdb.size()
                        && bdb.u8(at + BdbBlock.HEADER_SIZE) >= 3;
        return wide ? WIDE_SIZE_END + bdb.u32(at + 4) : bdb.u16(at + 1);
    }
}
