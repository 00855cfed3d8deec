package igdrom.plan;

import igdrom.bytes.Image;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.firmware.lpc.LpcRead;
import igdrom.formats.pe.PeImage;
import org.jspecify.annotations.Nullable;

/// The GOP of a ROM.
///
/// @param gop what it is, as it was found
/// @param lpc how it learns the id of the LPC bridge
/// @param program what goes into the ROM: the same without what followed it, with the edit
/// @param edit that was made, null for none
/// @param owners the GOP without an edit, headers and sections
/// @param from where it was found
public record PlannedGop(
        Gop gop, LpcRead lpc, PeImage program, @Nullable LpcEdit edit, Image owners, String from) {
    /// Whether it gives a picture only where the guest shows the host's LPC bridge.
    public boolean needsBridge() {
        return edit == null && !(lpc instanceof LpcRead.None) && !goesOnBesideAny(lpc);
    }

    /// Observed: Sandy Bridge's and Ivy Bridge's ask, and do nothing with the answer.
    static boolean goesOnBesideAny(LpcRead lpc) {
        return lpc instanceof LpcRead.Site site && site.acceptsAll();
    }
}
