package igdrom.host.text;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.host.PciBar;
import igdrom.host.PciFunction;
import igdrom.host.PciUse;
import igdrom.host.VirtualFunctions;
import java.util.List;
import java.util.Optional;

/// What the texts say about one PCI function.
final class FunctionFacts {
    private static final int DISPLAY_CLASS = 0x03;
    private static final String FIRST_BUS = "0000:00:";

    final String address;
    final Slot<PciId> id = new Slot<>();
    final Slot<Integer> revision = new Slot<>();
    final Slot<Integer> classCode = new Slot<>();
    final Slot<PciId> subsystem = new Slot<>();
    final Slot<Image> config = new Slot<>();
    final Slot<Optional<String>> driver = new Slot<>();
    final Slot<Optional<Integer>> iommuGroup = new Slot<>();
    final Slot<List<PciBar>> bars = new Slot<>();
    final Slot<Boolean> bootVga = new Slot<>();
    final Slot<List<String>> resetMethods = new Slot<>();
    final Slot<String> powerState = new Slot<>();
    final Slot<Optional<String>> physicalFunction = new Slot<>();
    final Slot<VirtualFunctions> virtualFunctions = new Slot<>();

    /// The maker's name, for a text without ids.
    final Slot<String> maker = new Slot<>();

    FunctionFacts(String address) {
        this.address = address;
    }

    /// Whether it is Intel's graphics: a display on the first bus, and not a virtual function.
    boolean isIgd() {
        Integer code = classCode.valueOrNull();
        Optional<String> physical = physicalFunction.valueOrNull();
        return address.startsWith(FIRST_BUS)
                && code != null
                && code >>> 16 == DISPLAY_CLASS
                && isIntel()
                && (physical == null || physical.isEmpty());
    }

    private boolean isIntel() {
        PciId known = id.valueOrNull();
        String name = maker.valueOrNull();
        return known != null
                ? known.vendor() == PciId.INTEL
                : name != null && name.startsWith("Intel ");
    }

    /// The device in words: `a device of class 010000, 1af4:1042`.
    String described() {
        Integer code = classCode.valueOrNull();
        PciId known = id.valueOrNull();
        String name = maker.valueOrNull();
        return "a device of class %s, %s"
                .formatted(
                        code == null ? "unknown" : "%06x".formatted(code),
                        known != null ? known : name != null ? name : "of unknown make");
    }

    PciFunction toFunction(String source, String reason) {
        PciUse none = PciUse.unknown(source, reason);
        return new PciFunction(
                address,
                id.or(source, reason),
                revision.or(source, reason),
                classCode.or(source, reason),
                subsystem.or(source, reason),
                config.or(source, reason),
                new PciUse(
                        driver.or(source, reason),
                        none.driverOverride(),
                        iommuGroup.or(source, reason),
                        bars.or(source, reason),
                        bootVga.or(source, reason),
                        resetMethods.or(source, reason),
                        powerState.or(source, reason),
                        none.d3coldAllowed(),
                        physicalFunction.or(source, reason),
                        virtualFunctions.or(source, reason)));
    }
}
