package igdrom.plan.vm;

import igdrom.knowledge.TsvTable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The values of `x-igd-gms` that QEMU takes: a row of `gms-limits.tsv`.
///
/// @param max the largest multiple of 32 MiB
/// @param smallMin the first value for steps of 4 MiB, null for none
/// @param smallMax the last one
public record GmsLimit(int max, @Nullable Integer smallMin, @Nullable Integer smallMax) {
    private static final List<Row> ROWS =
            TsvTable.load(
                            GmsLimit.class,
                            "gms-limits.tsv",
                            "from",
                            "below",
                            "gpu",
                            "max",
                            "small_min",
                            "small_max",
                            "source",
                            "checked")
                    .rows()
                    .stream()
                    .map(Row::of)
                    .toList();

    private record Row(VersionRange versions, String gpu, GmsLimit limit) {
        static Row of(TsvTable.Row row) {
            return new Row(
                    VersionRange.of(row, 0),
                    row.text(2),
                    new GmsLimit(row.number(3), row.numberOrNull(4), row.numberOrNull(5)));
        }
    }

    /// The limit, empty where QEMU takes no value at all.
    public static Optional<GmsLimit> find(ProgramVersion qemu, GpuKind gpu) {
        for (Row row : ROWS) {
            if (row.versions.contains(qemu) && gpu.isNamedBy(row.gpu)) {
                return Optional.of(row.limit);
            }
        }
        return Optional.empty();
    }

    /// Whether QEMU takes this value.
    public boolean allows(long gms) {
        boolean small = smallMin != null && smallMax != null && gms >= smallMin && gms <= smallMax;
        return small || (gms >= 0 && gms <= max);
    }

    @Override
    public String toString() {
        String large = "0 to 0x" + Integer.toHexString(max);
        return smallMin == null || smallMax == null
                ? large
                : large + " or 0x%x to 0x%x".formatted(smallMin, smallMax);
    }
}
