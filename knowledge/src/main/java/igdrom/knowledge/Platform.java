package igdrom.knowledge;

import igdrom.bytes.Image;
import org.jspecify.annotations.Nullable;

/// A generation of processors with one kind of integrated graphics: a row of `generations.tsv`.
///
/// @param name the usual short name, `ADL-N`
/// @param graphicsVersion the version in Linux, times 100: 750 is Haswell, 1270 Meteor Lake
/// @param graphicsControl the graphics control register (GGC)
/// @param stolenBase the register with the base of stolen memory (BDSM), null where config space
///   has none
/// @param bar0MiB size of BAR0, which holds the registers
/// @param pteBits size of an entry of the global page table (GGTT)
/// @param ggttMaxMiB largest size of that table
/// @param stolenInGuest whether a guest needs stolen memory
/// @param baseCompared whether drivers compare the base of stolen memory with registers that keep
///   the host's value
/// @param gopNeedsLowBar2 whether its GOP draws over the guest's memory unless BAR2 is below 4 GiB:
///   it takes BAR2 for a register of 32 bits and clears a frame buffer at its lower half, which is
///   0 where OVMF puts BAR2 above. Observed: 10.0.1037 on the virtual IGD.
public record Platform(
        String name,
        String codename,
        int graphicsVersion,
        GraphicsControl graphicsControl,
        @Nullable StolenBase stolenBase,
        int bar0MiB,
        int pteBits,
        int ggttMaxMiB,
        boolean stolenInGuest,
        boolean baseCompared,
        boolean gopNeedsLowBar2,
        @Nullable String note,
        String source,
        String checked) {
    /// The encodings of GMS, the size of stolen memory.
    public enum GmsEncoding {
        /// Steps of 32 MiB up to 10.
        SNB,
        /// As SNB, then steps of 4 MiB from 8 MiB at 11, from 36 MiB at 17.
        CHV,
        /// Steps of 32 MiB.
        GEN8,
        /// Steps of 32 MiB below F0, then steps of 4 MiB from 4 MiB.
        GEN9
    }

    /// The graphics control register in config space.
    ///
    /// @param ggttPowerOfTwo GGMS n is 2^n MiB of page table (none for 0), not n MiB
    public record GraphicsControl(
            int offset,
            int gmsShift,
            int gmsBits,
            GmsEncoding gmsEncoding,
            int ggmsShift,
            boolean ggttPowerOfTwo) {
        /// The size of stolen memory, in bytes; 0 for none and for reserved values.
        ///
        /// @param value of the register
        public long stolenSize(int value) {
            int gms = (value >>> gmsShift) & ((1 << gmsBits) - 1);
            long mib =
                    switch (gmsEncoding) {
                        case SNB -> gms <= 0x10 ? 32L * gms : 0;
                        case CHV -> chvMiB(gms);
                        case GEN8 -> gms <= 0x40 ? 32L * gms : 0;
                        case GEN9 -> gms < 0xf0 ? 32L * gms : gms < 0xff ? 4L * (gms - 0xef) : 0;
                    };
            return mib << 20;
        }

        private static long chvMiB(int gms) {
            if (gms <= 0x10) {
                return 32L * gms;
            }
            return gms <= 0x16 ? 8 + 4L * (gms - 0x11) : gms <= 0x1d ? 36 + 4L * (gms - 0x17) : 0;
        }
    }

    /// The register with the base of stolen memory.
    ///
    /// @param offset in config space
    /// @param bits 32 or 64
    /// @param mirror offset in BAR0 of a copy
    public record StolenBase(int offset, int bits, int mirror) {
        /// Its value in a config space that has it.
        public long read(Image config) {
            return bits == 64 ? config.u64(offset) : config.u32(offset);
        }
    }

    static Platform of(TsvTable.Row row) {
        return new Platform(
                row.text(0),
                row.text(1),
                row.number(2),
                new GraphicsControl(
                        row.number(3),
                        row.number(4),
                        row.number(5),
                        gmsEncoding(row),
                        row.number(7),
                        ggttPowerOfTwo(row)),
                row.numberOrNull(9) == null
                        ? null
                        : new StolenBase(row.number(9), row.number(10), row.number(11)),
                row.number(12),
                row.number(13),
                row.number(14),
                row.yes(15),
                row.yes(16),
                row.yes(17),
                row.textOrNull(18),
                row.text(19),
                row.text(20));
    }

    private static GmsEncoding gmsEncoding(TsvTable.Row row) {
        return switch (row.text(6)) {
            case "snb" -> GmsEncoding.SNB;
            case "chv" -> GmsEncoding.CHV;
            case "gen8" -> GmsEncoding.GEN8;
            case "gen9" -> GmsEncoding.GEN9;
            default -> throw row.broken("\"" + row.text(6) + "\" is not an encoding of GMS");
        };
    }

    private static boolean ggttPowerOfTwo(TsvTable.Row row) {
        return switch (row.text(8)) {
            case "power" -> true;
            case "linear" -> false;
            default -> throw row.broken("\"" + row.text(8) + "\" is not an encoding of GGMS");
        };
    }

    /// The first of its code names: `Alder Lake-N` of `Alder Lake-N, Twin Lake`.
    public String family() {
        return codename.split(", | \\(", 2)[0];
    }

    @Override
    public String toString() {
        return name;
    }
}
