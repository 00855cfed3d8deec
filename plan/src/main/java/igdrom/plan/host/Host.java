package igdrom.plan.host;

import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.IommuGroup;
import igdrom.host.OperatingSystem;
import igdrom.host.PciFunction;
import igdrom.host.Snapshot;
import igdrom.host.TextConsole;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.plan.GuestMachine;
import igdrom.plan.vm.GpuKind;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.OptionRule;
import igdrom.plan.vm.ProgramVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The facts of a host, in the terms of the checks.
record Host(Snapshot facts) {
    private static final int CLASS_SHIFT = 8;
    private static final int VGA = 0x0300;
    private static final int OTHER_DISPLAY = 0x0380;
    private static final int CONTROLLER_3D = 0x0302;
    private static final int DISPLAY = 0x03;

    /// What all users see of config space.
    private static final int SHORT_CONFIG = 64;

    PciFunction igd() {
        return facts.igd();
    }

    Optional<PciId> id() {
        return igd().id().value();
    }

    Optional<Platform> platform() {
        return id().flatMap(Knowledge::platformOf);
    }

    /// Whether something is at the address of the IGD.
    boolean hasIgd() {
        return id().isPresent() || igd().classCode().value().isPresent();
    }

    /// Base class and subclass: 0x0300.
    static Optional<Integer> displayClass(PciFunction function) {
        return function.classCode().value().map(code -> code >>> CLASS_SHIFT);
    }

    boolean isClass0300() {
        return displayClass(igd()).equals(Optional.of(VGA));
    }

    boolean isClass0380() {
        return displayClass(igd()).equals(Optional.of(OTHER_DISPLAY));
    }

    /// Displays besides the IGD that can show a picture.
    List<PciFunction> otherDisplays() {
        return others(false);
    }

    /// Graphics cards without outputs (3D controllers).
    List<PciFunction> cardsWithoutOutput() {
        return others(true);
    }

    /// Without virtual functions.
    private List<PciFunction> others(boolean withoutOutput) {
        List<PciFunction> displays = new ArrayList<>();
        for (PciFunction function : facts.pci().others().value().orElse(List.of())) {
            boolean virtual = function.use().physicalFunction().value().flatMap(o -> o).isPresent();
            if (function.classCode().value().orElse(0) >>> 16 == DISPLAY
                    && !virtual
                    && displayClass(function).equals(Optional.of(CONTROLLER_3D)) == withoutOutput) {
                displays.add(function);
            }
        }
        return displays;
    }

    boolean isFreeBsd() {
        return facts.machine().system().value().orElse(null) == OperatingSystem.FREEBSD;
    }

    boolean isLinux() {
        return facts.machine().system().value().orElse(null) == OperatingSystem.LINUX;
    }

    Optional<ProgramVersion> kernel() {
        return isFreeBsd()
                ? Optional.empty()
                : facts.kernel().release().value().flatMap(ProgramVersion::in);
    }

    Optional<ProgramVersion> qemu() {
        return facts.hypervisors().qemu().value().flatMap(o -> o).flatMap(ProgramVersion::in);
    }

    /// The host's text console on a framebuffer, empty when it is not on one or that is not known.
    Optional<TextConsole> framebufferConsole() {
        return facts.kernel().consoles().value().orElse(List.of()).stream()
                .filter(console -> console.bound() && console.isFramebuffer())
                .findFirst();
    }

    boolean isProxmox() {
        return facts.hypervisors().proxmox().value().flatMap(o -> o).isPresent();
    }

    /// Whether the kernel certainly lacks a change.
    boolean kernelLacks(String change) {
        Optional<ProgramVersion> kernel = kernel();
        return kernel.isPresent() && !kernel.get().isAtLeast(release(change));
    }

    /// Whether the kernel certainly has a change.
    boolean kernelHas(String change) {
        Optional<ProgramVersion> kernel = kernel();
        return kernel.isPresent() && kernel.get().isAtLeast(release(change));
    }

    private static ProgramVersion release(String change) {
        return ProgramVersion.of(Knowledge.change(change).release());
    }

    /// What the QEMU of this host does with the IGD in a guest; empty when either is not known.
    Optional<OptionRule> rule(GuestMachine machine, GuestFirmware firmware) {
        if (id().isEmpty() || qemu().isEmpty()) {
            return Optional.empty();
        }
        GpuKind kind = new GpuKind(GpuKind.generationOf(id().get()), false, isClass0380());
        return OptionRule.find(qemu().get(), kind, machine, firmware);
    }

    /// The words of the kernel's command line.
    List<String> parameters() {
        return List.of(facts.kernel().commandLine().value().orElse("").split("\\s+", -1));
    }

    /// The value of an option of the kernel's configuration.
    Optional<String> option(String name) {
        return facts.kernel()
                .options()
                .value()
                .map(options -> options.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty());
    }

    /// The driver of a function, empty for none or unknown.
    static Optional<String> driver(PciFunction function) {
        return function.use().driver().value().flatMap(o -> o);
    }

    /// The IOMMU group of a function.
    Optional<IommuGroup> group(PciFunction function) {
        return facts.groupOf(function);
    }

    /// An address without the domain 0000.
    static String shortAddress(String address) {
        return address.startsWith("0000:") ? address.substring(5) : address;
    }

    /// A function for a person: `01:00.0 (10de:1b06)`.
    static String named(PciFunction function) {
        return shortAddress(function.address())
                + function.id().value().map(id -> " (" + id + ")").orElse("");
    }

    /// Whether the facts were read with the rights of root, who alone sees more of config space.
    boolean isReadByRoot() {
        return igd().config().value().map(config -> config.size() > SHORT_CONFIG).orElse(false);
    }

    /// Whether the facts are those of a virtual machine.
    boolean isGuest() {
        return facts.machine().virtual().value().orElse(false);
    }

    /// Why a fact is not known: `/proc/iomem: permission denied`.
    static String reason(Fact<?> fact) {
        return switch (fact) {
            case Fact.Known<?> known -> known.source();
            case Fact.Unknown<?> unknown -> unknown.message();
        };
    }

    /// Whether a fact is there and root alone could read it.
    boolean needsRoot(Fact<?> fact) {
        return !isReadByRoot()
                && fact instanceof Fact.Unknown<?>(String _, String reason)
                && (reason.contains("ermission") || reason.contains("root"));
    }
}
