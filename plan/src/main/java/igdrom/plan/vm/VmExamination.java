package igdrom.plan.vm;

import igdrom.formats.pci.PciId;
import igdrom.host.Snapshot;
import igdrom.plan.GuestMachine;
import igdrom.plan.PlanMessage.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One examination of a definition.
final class VmExamination {
    private static final String OPREGION = "x-igd-opregion";
    private static final String LPC = "x-igd-lpc";
    private static final String LEGACY = "x-igd-legacy-mode";
    private static final String GMS = "x-igd-gms";
    private static final ProgramVersion NEWEST = new ProgramVersion(11, 1, 0);

    private final VmDefinition vm;
    private final HostSide host;
    private final @Nullable RomFacts rom;
    private final List<VmProblem> problems = new ArrayList<>();

    VmExamination(VmDefinition vm, @Nullable Snapshot host, @Nullable RomFacts rom) {
        this.vm = vm;
        this.host = new HostSide(host);
        this.rom = rom;
    }

    List<VmProblem> examine() {
        IgdDevice igd = vm.igd();
        if (igd == null) {
            error(
                    VmProblem.IGD,
                    "the definition passes no IGD to the guest",
                    null,
                    "add the device (igdrom config writes it)");
            return List.copyOf(problems);
        }
        if (vm.hypervisor().isQemu()) {
            checkOptions(igd);
            checkRule(igd);
        }
        checkAddress(igd);
        checkOthers(igd);
        checkRom(igd);
        checkGuest();
        return List.copyOf(problems);
    }

    private ProgramVersion qemu() {
        Versions known = vm.versions().or(host.versions());
        if (known.qemu() != null) {
            return known.qemu();
        }
        return known.proxmox() == null
                ? NEWEST
                : ProxmoxRelease.of(known.proxmox()).map(ProxmoxRelease::qemu).orElse(NEWEST);
    }

    private void checkOptions(IgdDevice igd) {
        for (Map.Entry<String, String> option : igd.options().entrySet()) {
            checkOption(option.getKey(), option.getValue());
        }
        if (vm.machine() == GuestMachine.Q35) {
            if (VfioProperty.isOn(igd.options().getOrDefault(LPC, "off"))) {
                error(
                        LPC,
                        "q35 has an LPC bridge of its own at 00:1f.0",
                        "Cannot create LPC bridge due to existing device at 1f.0",
                        "remove it: the GOP in the ROM can be edited for q35 instead");
            }
            if (igd.options().getOrDefault(LEGACY, "off").equals("on")) {
                error(
                        LEGACY,
                        "legacy mode exists on machine pc only",
                        "Machine is not i440fx or assigned BDF is not 00:02.0",
                        "set it to off");
            }
        }
        checkGms(igd);
    }

    private void checkOption(String name, String value) {
        Optional<VfioProperty> found = VfioProperty.named(name);
        if (found.isEmpty()) {
            if (name.startsWith("x-igd")) {
                error(
                        name,
                        "no QEMU that is known has this property",
                        "Property 'vfio-pci." + name + "' not found",
                        "remove it");
            }
            return;
        }
        VfioProperty property = found.get();
        if (!qemu().isAtLeast(property.since())) {
            error(
                    name,
                    "QEMU has it from " + property.since() + " on, and this is " + qemu(),
                    "Property 'vfio-pci." + name + "' not found",
                    "remove it, or use a newer QEMU");
        } else if (!property.takes(value)) {
            error(
                    name,
                    "takes " + property.values() + ", not '" + value + "'",
                    property.type() == VfioProperty.Type.ON_OFF_AUTO
                            ? "Parameter '" + name + "' does not accept value '" + value + "'"
                            : "Parameter '" + name + "' expects " + property.values(),
                    "write " + property.values());
        }
    }

    private void checkGms(IgdDevice igd) {
        String value = igd.options().get(GMS);
        PciId device = device();
        if (value == null || device == null) {
            return;
        }
        OptionalLong gms = VfioProperty.number(value);
        if (gms.isEmpty()) {
            return;
        }
        Optional<GmsLimit> limit = GmsLimit.find(qemu(), gpu(device));
        if (limit.isEmpty()) {
            error(
                    GMS,
                    "QEMU does not know " + device + ", and then takes no size of stolen memory",
                    "the device fails without a proper error",
                    "remove it");
        } else if (!limit.get().allows(gms.getAsLong())) {
            error(
                    GMS,
                    value + " is out of range: QEMU takes " + limit.get() + " for this GPU",
                    null,
                    "set it to 2, which is 64 MiB");
        }
    }

    private GpuKind gpu(PciId device) {
        return new GpuKind(
                GpuKind.generationOf(device), host.isVirtual(), host.isOtherDisplay(rom));
    }

    private @Nullable PciId device() {
        PciId id = host.igdId();
        if (id != null) {
            return id;
        }
        return rom != null && rom.builtFor().isRecorded()
                ? PciId.intel(rom.builtFor().deviceId())
                : null;
    }

    /// Compares the options with the ones that the rule for this guest has.
    private void checkRule(IgdDevice igd) {
        PciId device = device();
        GuestMachine machine = vm.machine();
        GuestFirmware firmware = vm.firmware();
        if (!igd.options().containsKey(OPREGION)) {
            warn(
                    OPREGION,
                    "missing, and its default is off before QEMU 10.1 and on from then on: the"
                            + " guest has no OpRegion where it is off",
                    "add " + OPREGION + "=on");
        }
        if (device == null || machine == null || firmware == null) {
            return;
        }
        Optional<OptionRule> found = OptionRule.find(qemu(), gpu(device), machine, firmware);
        if (found.isEmpty()) {
            return;
        }
        OptionRule rule = found.get();
        if (!rule.works()) {
            error(
                    VmProblem.MACHINE,
                    rule.text(),
                    null,
                    "igdrom config shows what works here, if anything does");
            return;
        }
        for (Map.Entry<String, String> option : rule.options().entrySet()) {
            checkRuleOption(igd, option.getKey(), option.getValue(), rule);
        }
    }

    private void checkRuleOption(IgdDevice igd, String name, String wanted, OptionRule rule) {
        String value = igd.options().get(name);
        String fix = "set " + name + "=" + wanted;
        if (name.equals(GMS) || (value == null && name.equals(OPREGION))) {
            return;
        }
        if (value == null) {
            if (name.equals(LPC) && host.isLpcHidden()) {
                return;
            }
            warn(name, "missing: " + meaning(name, rule), "add " + name + "=" + wanted);
        } else if (name.equals(LEGACY) ? !value.equals(wanted) : isOn(value) != isOn(wanted)) {
            warn(name, "is " + value + ": " + meaning(name, rule), fix);
        }
    }

    private static boolean isOn(String value) {
        return VfioProperty.isOn(value);
    }

    private String meaning(String name, OptionRule rule) {
        return switch (name) {
            case LEGACY ->
                    "with auto QEMU "
                            + qemu()
                            + " sets up nothing where legacy mode fails, and says so only in its"
                            + " log";
            case LPC ->
                    "a GOP that was not edited refuses to start on the LPC bridge of machine pc";
            case OPREGION -> "the guest's driver finds no display without an OpRegion";
            default -> rule.text();
        };
    }

    private void checkAddress(IgdDevice igd) {
        if (!igd.host().equals(host.igdAddress()) && host.igdId() != null) {
            error(
                    VmProblem.IGD,
                    igd.host() + " is not the IGD of the host, which is " + host.igdAddress(),
                    null,
                    "set the host's address to " + host.igdAddress());
        }
        SlotAddress address = igd.address();
        boolean wrongBus =
                igd.bus() != null
                        && !igd.bus().equals("pci.0")
                        && !igd.bus().equals("pcie.0")
                        && vm.hypervisor().isQemu();
        boolean bridged = vm.machine() == GuestMachine.Q35 && "pci.0".equals(igd.bus());
        if (address == null || !address.equals(SlotAddress.IGD) || wrongBus || bridged) {
            error(
                    VmProblem.ADDRESS,
                    "the IGD is "
                            + (address == null
                                    ? "wherever the hypervisor puts it"
                                    : "at "
                                            + address
                                            + (igd.bus() == null ? "" : " of " + igd.bus()))
                            + " in the guest: drivers and GOPs look for it at 00:02.0 only",
                    null,
                    "put it at slot 2 of the root bus");
        }
    }

    private void checkOthers(IgdDevice igd) {
        boolean lpc = isOn(igd.options().getOrDefault(LPC, "off"));
        for (GuestDevice other : vm.others()) {
            boolean root =
                    other.bus() == null
                            || other.bus().equals("pci.0")
                            || other.bus().equals("pcie.0");
            if (!root || other.address() == null) {
                continue;
            }
            if (other.address().slot() == SlotAddress.IGD.slot()) {
                error(
                        VmProblem.device(other.name()),
                        other.name() + " is in slot 2, where the IGD belongs",
                        "slot 2 function 0 not available for vfio-pci, in use by " + other.name(),
                        "move it to another slot");
            } else if (lpc
                    && vm.machine() == GuestMachine.PC
                    && other.address().equals(SlotAddress.LPC)) {
                error(
                        VmProblem.device(other.name()),
                        other.name() + " is at 00:1f.0, which x-igd-lpc needs",
                        "Cannot create LPC bridge due to existing device at 1f.0",
                        "move it to another slot");
            }
        }
        if (vm.emulatedDisplay() && vm.machine() == GuestMachine.PC) {
            error(
                    VmProblem.DISPLAY,
                    "an emulated display is in slot 2 of machine pc, where the IGD belongs",
                    "slot 2 function 0 not available for vfio-pci, in use by VGA",
                    "remove it (no emulated display)");
        }
    }

    private void checkRom(IgdDevice igd) {
        if (igd.romFile() == null) {
            if (vm.firmware() == GuestFirmware.UEFI) {
                warn(
                        VmProblem.ROM,
                        "the IGD has no ROM: nothing sets up the OpRegion and stolen memory before"
                                + " the guest starts",
                        "build one (igdrom build)");
            }
            return;
        }
        if (rom == null) {
            return;
        }
        PciId device = host.igdId();
        if (device != null && !rom.isFor(device)) {
            error(
                    VmProblem.ROM,
                    rom.file() + " is not for " + device,
                    null,
                    "build one for this host (igdrom build)");
        }
        GuestMachine machine = vm.machine();
        if (machine != null && !rom.isFor(machine)) {
            error(
                    VmProblem.ROM,
                    rom.file() + " was not built for " + machine.id(),
                    null,
                    "build one for it (igdrom build)");
        }
        if (vm.firmware() == GuestFirmware.UEFI && !rom.uefi()) {
            error(
                    VmProblem.ROM,
                    rom.file() + " has nothing for UEFI: OVMF starts no VGA BIOS",
                    null,
                    "build one with a driver for UEFI (igdrom build)");
        }
    }

    private void checkGuest() {
        AddressWidth width = vm.addressWidth();
        AddressWidth possible = host.addressWidth(null);
        if (host.knowsAddressWidth()) {
            if (width == null && host.processorIsWider()) {
                warn(
                        VmProblem.PROCESSOR,
                        "the guest's processor has more address bits than the IOMMU of the host"
                                + " translates ("
                                + possible.bits()
                                + "): the guest's firmware may place BARs beyond",
                        "limit them to " + possible.bits());
            } else if (width != null && width.bits() > possible.bits()) {
                error(
                        VmProblem.PROCESSOR,
                        "the guest has %d address bits, the IOMMU of the host translates %d"
                                .formatted(width.bits(), possible.bits()),
                        "vfio_dma_map failed: Invalid argument",
                        "limit them to " + possible.bits());
            }
        }
        Integer memory = vm.memoryMiB();
        if (memory != null && memory < VmPlanning.MIN_MEMORY_MIB) {
            warn(
                    VmProblem.MEMORY,
                    "guests with less than 4 GiB of memory are reported to fail; this one has "
                            + memory
                            + " MiB",
                    "give it 4096 MiB or more");
        }
    }

    private void error(String subject, String text, @Nullable String says, String fix) {
        problems.add(new VmProblem(Severity.ERROR, subject, text, says, fix));
    }

    private void warn(String subject, String text, String fix) {
        problems.add(new VmProblem(Severity.WARNING, subject, text, null, fix));
    }
}
