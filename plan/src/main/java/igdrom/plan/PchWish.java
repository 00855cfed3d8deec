package igdrom.plan;

import igdrom.formats.pci.PciId;
import org.jspecify.annotations.Nullable;

/// What the owner says about the LPC bridge that the GOP asks for.
///
/// @param edits whether a GOP may be edited at all
/// @param bridge the id to give it in any case, null to go by the machine and the host
public record PchWish(boolean edits, @Nullable PciId bridge) {
    /// Nothing was said.
    public static final PchWish AUTO = new PchWish(true, null);

    /// The GOP stays as it is.
    public static final PchWish NEVER = new PchWish(false, null);
}
