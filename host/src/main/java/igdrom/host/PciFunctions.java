package igdrom.host;

import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The PCI functions of a host.
///
/// @param igd the graphics, usually 00:02.0
/// @param hostBridge 00:00.0
/// @param lpc the LPC bridge, 00:1f.0
/// @param others all functions but these three
public record PciFunctions(
        PciFunction igd, PciFunction hostBridge, PciFunction lpc, Fact<List<PciFunction>> others) {
    public static final String USUAL_IGD = "0000:00:02.0";
    public static final String HOST_BRIDGE = "0000:00:00.0";
    public static final String LPC_BRIDGE = "0000:00:1f.0";

    private static final int DISPLAY_CLASS = 0x03;
    private static final String NO_DEVICE = "no device is there";

    /// Who makes the devices that are at 00:02.0 instead, above all in virtual machines.
    ///
    /// Source: pci.ids.
    private static final Map<Integer, String> VENDORS =
            Map.of(
                    0x1af4, "a virtio",
                    0x1b36, "a QEMU",
                    0x1234, "a QEMU",
                    0x15ad, "a VMware",
                    0x1414, "a Hyper-V",
                    0x1002, "an AMD",
                    0x1022, "an AMD",
                    0x10de, "an NVIDIA");

    /// Nothing is known.
    public static PciFunctions unknown(String source, String reason) {
        return new PciFunctions(
                PciFunction.unknown(USUAL_IGD, source, reason),
                PciFunction.unknown(HOST_BRIDGE, source, reason),
                PciFunction.unknown(LPC_BRIDGE, source, reason),
                new Fact.Unknown<>(source, reason));
    }

    /// The functions of a listing that shows all of them.
    ///
    /// @param source of the listing
    public static PciFunctions of(List<PciFunction> functions, String source) {
        List<PciFunction> others = new ArrayList<>(functions);
        return new PciFunctions(
                igd(others, source),
                taken(others, HOST_BRIDGE, source),
                taken(others, LPC_BRIDGE, source),
                new Fact.Known<>(List.copyOf(others), source));
    }

    /// Intel's graphics: at 00:02.0, else the first ones of the first bus. Where there are none,
    /// nothing about the device at 00:02.0 is a fact about them.
    private static PciFunction igd(List<PciFunction> from, String source) {
        PciFunction first = null;
        PciFunction other = null;
        for (PciFunction function : from) {
            boolean usual = function.address().equals(USUAL_IGD);
            if (isIgd(function) && (first == null || usual)) {
                first = function;
            } else if (usual) {
                other = function;
            }
        }
        if (first != null) {
            from.remove(first);
            return first;
        }
        if (other != null && other.id().value().isEmpty()) {
            from.remove(other);
            return other;
        }
        String reason = other == null ? NO_DEVICE : described(other) + " is there";
        return PciFunction.unknown(USUAL_IGD, source, reason);
    }

    /// A device that is not Intel's graphics: `a virtio device, 1af4:1042,`.
    private static String described(PciFunction function) {
        PciId id = function.id().value().orElseThrow();
        String vendor = VENDORS.get(id.vendor());
        if (vendor != null) {
            return "%s device, %s,".formatted(vendor, id);
        }
        return function.classCode()
                .value()
                .map(classCode -> "a device of class %06x, %s,".formatted(classCode, id))
                .orElse("the device " + id);
    }

    private static PciFunction taken(List<PciFunction> from, String address, String source) {
        for (PciFunction function : from) {
            if (function.address().equals(address)) {
                from.remove(function);
                return function;
            }
        }
        return PciFunction.unknown(address, source, NO_DEVICE);
    }

    /// Whether a function is Intel's graphics: a display on the first bus, and not a virtual
    /// function. A listing may leave the class out; then 00:02.0 is taken for it.
    private static boolean isIgd(PciFunction function) {
        int assumed = function.address().equals(USUAL_IGD) ? DISPLAY_CLASS << 16 : 0;
        return function.address().startsWith("0000:00:")
                && function.id().value().map(PciId::vendor).orElse(0) == PciId.INTEL
                && function.classCode().value().orElse(assumed) >>> 16 == DISPLAY_CLASS
                && function.use().physicalFunction().value().flatMap(o -> o).isEmpty();
    }

    /// Every function that is known, by address.
    public List<PciFunction> all() {
        List<PciFunction> all = new ArrayList<>(List.of(hostBridge, igd, lpc));
        all.addAll(others.value().orElse(List.of()));
        all.removeIf(function -> !isKnown(function));
        all.sort((a, b) -> a.address().compareTo(b.address()));
        return all;
    }

    /// The function at an address such as `0000:00:1f.3`.
    public Optional<PciFunction> at(String address) {
        return all().stream().filter(function -> function.address().equals(address)).findFirst();
    }

    /// These facts, and the other ones where these are unknown.
    PciFunctions or(PciFunctions other) {
        Map<String, PciFunction> merged = new TreeMap<>();
        all().forEach(function -> merged.put(function.address(), function));
        other.all()
                .forEach(function -> merged.merge(function.address(), function, PciFunction::or));
        PciFunction graphics = isKnown(igd) || !isKnown(other.igd) ? igd : other.igd;
        PciFunction igdNow = taken(merged, graphics);
        PciFunction bridgeNow = taken(merged, hostBridge);
        PciFunction lpcNow = taken(merged, lpc);
        Fact<List<PciFunction>> listed = others.or(other.others);
        return new PciFunctions(
                igdNow,
                bridgeNow,
                lpcNow,
                merged.isEmpty() && listed.value().isEmpty()
                        ? listed
                        : new Fact.Known<>(List.copyOf(merged.values()), listed.source()));
    }

    private static PciFunction taken(Map<String, PciFunction> from, PciFunction function) {
        PciFunction known = from.remove(function.address());
        return known == null ? function : known;
    }

    private static boolean isKnown(PciFunction function) {
        return function.id().value().isPresent() || function.classCode().value().isPresent();
    }
}
