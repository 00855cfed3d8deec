package igdrom.firmware.gop;

import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Machine;
import java.util.Comparator;

/// Orders GOPs by preference, the best first.
///
/// X64 precedes other architectures, since VM firmware is X64; then GOPs whose table of devices was
/// read; then later versions.
public final class GopOrder {
    private static final Comparator<Gop> GENERAL =
            Comparator.comparing((Gop gop) -> !gop.arch().equals(Machine.X64))
                    .thenComparing(gop -> gop.deviceIds().isEmpty())
                    .thenComparing(Gop::version, Comparator.reverseOrder());

    private GopOrder() {}

    /// GOPs that list the device first, then the [#general] order.
    public static Comparator<Gop> forDevice(PciId device) {
        return Comparator.comparing((Gop gop) -> !gop.deviceIds().contains(device))
                .thenComparing(GENERAL);
    }

    /// The order when the device is unknown.
    public static Comparator<Gop> general() {
        return GENERAL;
    }
}
