package igdrom.plan;

import igdrom.bytes.Image;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.firmware.lpc.LpcRead;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.PeImage;
import org.jspecify.annotations.Nullable;

/// The GOP of a ROM.
///
/// @param gop as it was found
/// @param lpc how it learns the id of the LPC bridge
/// @param program what goes into the ROM: the GOP with the edit, without what follows its sections
/// @param edit null when the GOP is unchanged
/// @param original the GOP without an edit, headers and sections
/// @param bridge the LPC bridge that it sees or expects; null when any will do or none is known
/// @param from where it was found
public record PlannedGop(
        Gop gop,
        LpcRead lpc,
        PeImage program,
        @Nullable LpcEdit edit,
        Image original,
        @Nullable PciId bridge,
        String from) {
    /// Whether it gives a picture only where the guest shows the host's LPC bridge.
    public boolean needsBridge() {
        return edit == null
                && switch (lpc) {
                    case LpcRead.None() -> false;
                    case LpcRead.Unclear _ -> true;
                    case LpcRead.Site site -> !site.acceptsAll() && site.edited().isEmpty();
                };
    }

    /// Observed: Sandy Bridge's and Ivy Bridge's read the id and ignore it.
    static boolean worksWithAny(LpcRead lpc) {
        return lpc instanceof LpcRead.Site site && site.acceptsAll();
    }
}
