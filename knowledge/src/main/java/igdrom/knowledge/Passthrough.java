package igdrom.knowledge;

import org.jspecify.annotations.Nullable;

/// What is publicly reported of the graphics of a platform in guests: a row of `passthrough.tsv`.
///
/// @param beforeOs a picture before the operating system, with UEFI firmware
/// @param afterOs a picture once the operating system's driver runs
/// @param vgaBios a picture with SeaBIOS and a VGA BIOS
/// @param sriov a virtual function in a guest
public record Passthrough(
        Platform platform,
        Reports beforeOs,
        Reports afterOs,
        Reports vgaBios,
        Reports sriov,
        @Nullable String note,
        @Nullable String source,
        String checked) {
    /// What users report.
    public enum Reports {
        /// It works.
        WORKS,
        /// It works for some.
        MIXED,
        /// Nothing that igdrom knows of.
        NONE,
        /// The platform does not have it.
        IMPOSSIBLE
    }

    /// Whether QEMU has a legacy mode for the platform, on which a VGA BIOS relies.
    public boolean hasLegacyMode() {
        return vgaBios != Reports.IMPOSSIBLE;
    }

    static Passthrough of(TsvTable.Row row, Platform platform) {
        return new Passthrough(
                platform,
                reports(row, 1),
                reports(row, 2),
                reports(row, 3),
                reports(row, 4),
                row.textOrNull(5),
                row.textOrNull(6),
                row.text(7));
    }

    private static Reports reports(TsvTable.Row row, int column) {
        return switch (row.text(column)) {
            case "reported" -> Reports.WORKS;
            case "mixed" -> Reports.MIXED;
            case "unproven" -> Reports.NONE;
            case "no" -> Reports.IMPOSSIBLE;
            default -> throw row.broken("\"" + row.text(column) + "\" is not a kind of report");
        };
    }
}
