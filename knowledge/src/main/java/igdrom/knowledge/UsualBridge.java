package igdrom.knowledge;

import igdrom.formats.pci.PciId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The LPC bridge that boards with a GPU usually have: a row of `bridges.tsv`.
///
/// A GOP derives the kind of PCH from the bridge's id; within one kind, any id will do.
///
/// @param variant a word of the devices' variant, null for all devices of the platform
/// @param name the bridge's name
/// @param other a bridge of another kind of PCH that some of these boards have, null for none
public record UsualBridge(
        Platform platform,
        @Nullable String variant,
        PciId id,
        String name,
        @Nullable PciId other,
        String source,
        String checked) {
    static UsualBridge of(TsvTable.Row row, Platform platform) {
        return new UsualBridge(
                platform,
                row.textOrNull(1),
                PciId.intel(row.hex(2)),
                row.text(3),
                row.textOrNull(4) == null ? null : PciId.intel(row.hex(4)),
                row.text(5),
                row.text(6));
    }

    boolean fits(Device device) {
        return platform.equals(device.platform())
                && (variant == null
                        || (device.variant() != null
                                && List.of(device.variant().split(" ", -1)).contains(variant)));
    }
}
