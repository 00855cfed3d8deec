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

    /// Nothing is known.
    public static PciFunctions unknown(String source, String reason) {
        return new PciFunctions(
                PciFunction.unknown(USUAL_IGD, source, reason),
                PciFunction.unknown(HOST_BRIDGE, source, reason),
                PciFunction.unknown(LPC_BRIDGE, source, reason),
                new Fact.Unknown<>(source, reason));
    }

    /// The functions of a listing that shows all of them.
    static PciFunctions of(List<PciFunction> functions, String source) {
        String igd =
                functions.stream()
                        .filter(PciFunctions::isIgd)
                        .map(PciFunction::address)
                        .findFirst()
                        .orElse(USUAL_IGD);
        List<PciFunction> others = new ArrayList<>(functions);
        return new PciFunctions(
                taken(others, igd, source),
                taken(others, HOST_BRIDGE, source),
                taken(others, LPC_BRIDGE, source),
                new Fact.Known<>(List.copyOf(others), source));
    }

    private static PciFunction taken(List<PciFunction> from, String address, String source) {
        for (PciFunction function : from) {
            if (function.address().equals(address)) {
                from.remove(function);
                return function;
            }
        }
        return PciFunction.unknown(address, source, "no device is there");
    }

    /// Whether a function is Intel's graphics: a display on the first bus, and not a virtual
    /// function.
    private static boolean isIgd(PciFunction function) {
        return function.address().startsWith("0000:00:")
                && function.id().value().map(PciId::vendor).orElse(0) == PciId.INTEL
                && function.classCode().value().orElse(0) >>> 16 == DISPLAY_CLASS
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
