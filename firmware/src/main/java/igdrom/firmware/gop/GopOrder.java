package igdrom.firmware.gop;

import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Machine;
import java.util.Comparator;
import java.util.Optional;

/// Which of several GOPs to take: the best first.
///
/// X64 before everything else, since that is what VM firmware runs; one whose table was read before
/// one whose was not; then the later version. A class and not a chain of comparators:
/// docs/decisions/0005.
///
/// @param device that should be driven, if that matters
public record GopOrder(Optional<PciId> device) implements Comparator<Gop> {
    /// One that lists the device before one that does not, then as [#general].
    public static Comparator<Gop> forDevice(PciId device) {
        return new GopOrder(Optional.of(device));
    }

    public static Comparator<Gop> general() {
        return new GopOrder(Optional.empty());
    }

    @Override
    public int compare(Gop one, Gop other) {
        if (device.isPresent()) {
            int order = first(lists(one, device.get()), lists(other, device.get()));
            if (order != 0) {
                return order;
            }
        }
        int order = first(one.arch().equals(Machine.X64), other.arch().equals(Machine.X64));
        order =
                order != 0
                        ? order
                        : first(!one.deviceIds().isEmpty(), !other.deviceIds().isEmpty());
        return order != 0 ? order : other.version().compareTo(one.version());
    }

    private static boolean lists(Gop gop, PciId device) {
        return gop.deviceIds().contains(device);
    }

    private static int first(boolean one, boolean other) {
        return Boolean.compare(other, one);
    }
}
