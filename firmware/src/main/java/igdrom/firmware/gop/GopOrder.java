package igdrom.firmware.gop;

import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Machine;
import java.util.Comparator;

/// Which of several GOPs to take: the best first.
public final class GopOrder {
    private GopOrder() {}

    /// One that lists the device before one that does not, then as [#general].
    public static Comparator<Gop> forDevice(PciId device) {
        return Comparator.<Gop>comparingInt(gop -> gop.deviceIds().contains(device) ? 0 : 1)
                .thenComparing(general());
    }

    /// X64 before everything else, since that is what VM firmware runs; one whose table was read
    /// before one whose was not; then the later version.
    public static Comparator<Gop> general() {
        return Comparator.<Gop>comparingInt(gop -> gop.arch().equals(Machine.X64) ? 0 : 1)
                .thenComparingInt(gop -> gop.deviceIds().isEmpty() ? 1 : 0)
                .thenComparing(Gop::version, Comparator.reverseOrder());
    }
}
