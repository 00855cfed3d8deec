package igdrom.plan;

import igdrom.formats.pci.PciId;
import org.jspecify.annotations.Nullable;

/// What the owner says about the LPC bridge that the GOP asks for.
///
/// @param edits whether a GOP may be edited at all
/// @param bridge the id to give it in any case, null to go by the machine and the host
public record LpcBridgePolicy(boolean edits, @Nullable PciId bridge) {
    /// Nothing was said.
    public static final LpcBridgePolicy AUTO = new LpcBridgePolicy(true, null);

    /// The GOP stays as it is.
    public static final LpcBridgePolicy NEVER = new LpcBridgePolicy(false, null);
}
