package igdrom.knowledge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The boards whose VBTs have one platform name: the rows of `vbt-families.tsv` with that name.
///
/// Vendors keep the name of the platform that a VBT was first made for: Broadwell's VBTs are named
/// HASWELL, Comet Lake's SKYLAKE, those of Alder Lake-S and Raptor Lake-S boards TIGERLAKE.
///
/// @param name the start of the platform name in the VBT's header, after `$VBT `
/// @param rows one for each platform, in the order of the table
public record VbtFamily(String name, List<Row> rows) {
    /// The kinds of boards, where VBTs of the same platform differ by them.
    public enum BoardClass {
        ANY,
        DESKTOP,
        MOBILE;

        private boolean includes(Device device) {
            String variant = device.variant() == null ? "" : device.variant();
            return switch (this) {
                case ANY -> true;
                case DESKTOP -> !variant.contains("mobile");
                case MOBILE -> variant.contains("mobile");
            };
        }
    }

    /// One row of the table.
    ///
    /// @param platform null for graphics that igdrom does not handle: older or discrete
    /// @param boards on which it was seen; null where only its name or its GOP suggests them
    public record Row(
            String name,
            @Nullable Platform platform,
            BoardClass boardClass,
            @Nullable String boards,
            String source,
            String checked) {}

    public VbtFamily {
        rows = List.copyOf(rows);
    }

    /// Whether boards with this device have VBTs of this family.
    public boolean includes(Device device) {
        for (Row row : rows) {
            if (device.platform().equals(row.platform()) && row.boardClass().includes(device)) {
                return true;
            }
        }
        return false;
    }

    /// The graphics of its boards: `Tiger Lake, Alder Lake-S, Raptor Lake-S`. Those that were not
    /// seen are left out, unless no board was seen.
    public String graphics() {
        List<String> names = new ArrayList<>();
        boolean seen = rows.stream().anyMatch(row -> row.boards() != null);
        for (Row row : rows) {
            if (row.boards() != null || !seen) {
                names.add(
                        row.platform() == null
                                ? "graphics that igdrom does not handle"
                                : row.platform().codename()
                                        + (row.boardClass() == BoardClass.DESKTOP
                                                ? " on desktop boards"
                                                : row.boardClass() == BoardClass.MOBILE
                                                        ? " in laptops"
                                                        : ""));
            }
        }
        return String.join(", ", names);
    }
}
