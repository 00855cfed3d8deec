package igdrom.plan;

import igdrom.formats.pci.PciId;
import org.jspecify.annotations.Nullable;

/// Whether a GOP is edited so that it sees the host's LPC bridge.
///
/// @param edits whether a GOP may be edited at all
/// @param bridge the id that is always put into it, null to decide by the machine and the host
public record LpcBridgePolicy(boolean edits, @Nullable PciId bridge) {
    /// As the machine and the host need it.
    public static final LpcBridgePolicy AUTO = new LpcBridgePolicy(true, null);

    /// The GOP stays as it is.
    public static final LpcBridgePolicy NEVER = new LpcBridgePolicy(false, null);
}
