package igdrom.report;

import org.jspecify.annotations.Nullable;

/// The files that the parts of a ROM are taken from, null where none was given.
///
/// @param gop an EFI driver, a ROM or anything else that holds a GOP
/// @param vbt anything that holds a VBT
/// @param opRegion an OpRegion
/// @param vgaBios anything that holds a legacy VGA BIOS
/// @param firmware an image that holds the parts for which there is no other file
public record PartFiles(
        @Nullable ImageFile gop,
        @Nullable ImageFile vbt,
        @Nullable ImageFile opRegion,
        @Nullable ImageFile vgaBios,
        @Nullable ImageFile firmware) {
    /// Whether a firmware image was given of which nothing is needed.
    ///
    /// @param withGop whether the ROM gets a GOP
    public boolean isFirmwareUnused(boolean withGop) {
        return firmware != null && !needsFirmwareGop(withGop) && !needsFirmwareVbt();
    }

    boolean needsFirmwareGop(boolean withGop) {
        return withGop && gop == null;
    }

    boolean needsFirmwareVbt() {
        return vbt == null && opRegion == null;
    }
}
