package igdrom.host;

import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
        all.removeIf(function ->
                function.id().value().isEmpty() && function.classCode().value().isEmpty());
        all.sort((a, b) -> a.address().compareTo(b.address()));
        return all;
    }

    /// The function at an address such as `0000:00:1f.3`.
    public Optional<PciFunction> at(String address) {
        return all().stream().filter(function -> function.address().equals(address)).findFirst();
    }

    /// These facts, and the other ones where these are unknown.
    PciFunctions or(PciFunctions other) {
        List<PciFunction> merged = new ArrayList<>();
        for (PciFunction function : all()) {
            merged.add(other.at(function.address()).map(function::or).orElse(function));
        }
        for (PciFunction function : other.all()) {
            if (at(function.address()).isEmpty()) {
                merged.add(function);
            }
        }
        String source = others.or(other.others).source();
        return merged.isEmpty() ? this : of(merged, Objects.requireNonNull(source));
    }
}
