package igdrom.knowledge;

import igdrom.formats.pci.PciId;
import org.jspecify.annotations.Nullable;

/// One device id: a row of `devices.tsv`.
///
/// @param variant what public lists add to the platform: `ULT GT2`
/// @param marketing the marketing name: `UHD Graphics 770`
/// @param note how the lists disagree
public record Device(
        PciId id,
        Platform platform,
        @Nullable String variant,
        @Nullable String marketing,
        @Nullable String note,
        String source,
        String checked) {
    static Device of(TsvTable.Row row, Platform platform) {
        return new Device(
                PciId.intel(row.hex(0)),
                platform,
                row.textOrNull(2),
                row.textOrNull(3),
                row.textOrNull(4),
                row.text(5),
                row.text(6));
    }
}
