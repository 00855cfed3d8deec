package igdrom.formats.vbt;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.Optional;

/// The layout of block 42, to which block 41 has the pointers: 16 entries of equal size, each with
/// the old panel timing, a detailed timing descriptor and a PnP id; then 16 names.
///
/// Source: Linux, intel_bios.c, `validate_lfp_data_ptrs` and `generate_lfp_data_ptrs`.
///
/// @param first the offset of the first entry in the data
/// @param dtd the offset of the timing descriptor in an entry
/// @param pnp the offset of the PnP id in an entry
/// @param names the offset of the names in the data; 0 for none
record LfpLayout(long first, long dtd, long pnp, long entrySize, long names) {
    static final int NAME_SIZE = 13;

    private static final int NAMES_POINTER = 1 + 16 * 9;
    private static final int POINTERS_SIZE = NAMES_POINTER + 3;

    /// The layout in tables without block 41 (from about BDB 229 on).
    private static final LfpLayout USUAL = new LfpLayout(0, 38, 38 + Timing.DTD_SIZE, 66, 16 * 66);

    static Optional<LfpLayout> of(
            Bdb bdb, BdbBlock data, Location location, Diagnostics diagnostics) {
        Optional<BdbBlock> pointers = bdb.block(BdbBlock.LFP_DATA_POINTERS);
        if (pointers.isPresent()) {
            LfpLayout layout = ofPointers(pointers.get(), data);
            if (layout.fits(data.data().size())) {
                return Optional.of(layout.withoutMissingNames(data.data().size()));
            }
            diagnostics.odd(
                    location,
                    pointers.get().offset(),
                    "the pointers of block 41 do not match block 42: using the usual layout");
        }
        return USUAL.fits(data.data().size())
                ? Optional.of(USUAL.withoutMissingNames(data.data().size()))
                : Optional.empty();
    }

    /// The data of a block 41 at `blockOffset`, directly before a block 42 with the usual layout.
    static Image pointersBefore(long blockOffset) {
        long data = blockOffset + 2L * BdbBlock.HEADER_SIZE + POINTERS_SIZE;
        Emitter out = new Emitter().u8(3);
        for (int panel = 0; panel < LfpOptions.MAX_PANELS; panel++) {
            int entry = Math.toIntExact(data + panel * USUAL.entrySize);
            out.u16(entry).u8((int) USUAL.dtd);
            out.u16(entry + (int) USUAL.dtd).u8(Timing.DTD_SIZE);
            out.u16(entry + (int) USUAL.pnp).u8(PnpId.SIZE);
        }
        return out.u16(Math.toIntExact(data + USUAL.names)).u8(NAME_SIZE).toImage();
    }

    /// A block 41 whose pointers are right again after a block has changed its size.
    ///
    /// @param raw the whole block
    /// @param resized the offset of the block that changed: pointers to later blocks move
    /// @param delta by which it grew
    static Image movedPointers(Image raw, long resized, int delta) {
        Emitter out = new Emitter().image(raw);
        // Each pointer has an offset of 16 bits and a size of 8.
        for (long at = BdbBlock.HEADER_SIZE + 1L;
                at + 3 <= Math.min(raw.size(), BdbBlock.HEADER_SIZE + POINTERS_SIZE);
                at += 3) {
            int offset = raw.u16(at);
            if (offset > resized) {
                out.patch(at, new Emitter().u16((offset + delta) & 0xffff).toImage());
            }
        }
        return out.toImage();
    }

    private static LfpLayout ofPointers(BdbBlock pointers, BdbBlock data) {
        Image table = pointers.padded(POINTERS_SIZE);
        long base = data.offset() + BdbBlock.HEADER_SIZE;
        long first = table.u16(1);
        boolean hasNames = table.u8(NAMES_POINTER + 2) == NAME_SIZE;
        return new LfpLayout(
                first - base,
                table.u16(4) - first,
                table.u16(7) - first,
                table.u16(10) - first,
                hasNames ? table.u16(NAMES_POINTER) - base : 0);
    }

    private boolean fits(long size) {
        return first >= 0
                && dtd >= 4
                && pnp >= dtd + Timing.DTD_SIZE
                && entrySize >= pnp + PnpId.SIZE
                && first + LfpOptions.MAX_PANELS * entrySize <= size;
    }

    private LfpLayout withoutMissingNames(long size) {
        boolean present = names > 0 && names + LfpOptions.MAX_PANELS * NAME_SIZE <= size;
        return present ? this : new LfpLayout(first, dtd, pnp, entrySize, 0);
    }
}
