package igdrom.plan.vm;

import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.Snapshot;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.plan.GuestMachine;
import igdrom.plan.Remedy;
import igdrom.plan.vm.OptionRule.Need;
import igdrom.plan.vm.RomFacts.VgaBios;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One run of the planner.
final class VmPlanning {
    /// What is right for this version is right for all newer ones.
    private static final ProgramVersion ASSUMED_QEMU = new ProgramVersion(10, 1, 0);

    /// The GPUs that bhyve knows end before this version of graphics.
    ///
    /// Source: FreeBSD bc0f7b93, usr.sbin/bhyve/amd64/pci_gvt-d.c.
    private static final int FIRST_UNKNOWN_TO_BHYVE = 1270;

    /// What users report as the least.
    static final int MIN_MEMORY_MIB = 4096;

    private final VmRequest request;
    private final @Nullable Snapshot host;
    private final HostSide facts;
    private final @Nullable RomFacts rom;
    private final VmLog log = new VmLog();

    VmPlanning(VmRequest request, @Nullable Snapshot host, @Nullable RomFacts rom) {
        this.request = request;
        this.host = host;
        this.facts = new HostSide(host);
        this.rom = rom;
    }

    VmResult plan() {
        PciId device = device();
        if (device == null) {
            return refused();
        }
        Platform platform = Knowledge.platformOf(device).orElse(null);
        GuestMachine machine = machine();
        GuestFirmware firmware = firmware();
        checkRom(device, platform, machine, firmware);
        checkRomName();
        checkFirmware(machine, firmware);
        Versions versions = versions();
        MacosSupport macos = macos(platform);
        SequencedMap<String, String> options = new LinkedHashMap<>();
        String why;
        if (machine == GuestMachine.BHYVE) {
            why = "bhyve sets up the OpRegion and stolen memory itself";
            checkBhyve(platform);
        } else {
            why = options(options, device, platform, machine, firmware, versions, macos);
        }
        List<GuestDevice> others = new ArrayList<>();
        if (request.audio()) {
            SoundChoice.choose(host, log).ifPresent(others::add);
        }
        checkMemory(platform, machine);
        if (log.isRefused()) {
            return refused();
        }
        String romFile =
                request.romFile() == null ? null : request.hypervisor().romPath(request.romFile());
        IgdDevice igd =
                new IgdDevice(facts.igdAddress(), bus(machine), SlotAddress.IGD, options, romFile);
        boolean lowBars =
                platform != null
                        && platform.gopNeedsLowBar2()
                        && rom != null
                        && rom.gop()
                        && firmware == GuestFirmware.UEFI;
        AddressWidth width = facts.addressWidth(platform);
        VmDefinition definition =
                new VmDefinition(
                        request.hypervisor(),
                        versions,
                        machine,
                        firmware,
                        request.secureBoot(),
                        request.memoryMiB(),
                        width,
                        igd,
                        others,
                        request.hypervisor().keepsDisplay(machine),
                        lowBars,
                        request.guest());
        if (lowBars && machine == GuestMachine.BHYVE) {
            log.warn(
                    "the GOP needs BAR2 below 4 GiB, which the firmware of bhyve cannot be told:"
                            + " it may draw over the guest's memory");
        }
        List<String> functions = new ArrayList<>(List.of(igd.host()));
        for (GuestDevice other : others) {
            if (other.host() != null) {
                functions.add(other.host());
            }
        }
        return new VmPlan(
                definition,
                device,
                platform,
                machine,
                firmware,
                igd,
                width,
                request.memoryMiB(),
                request.romFile(),
                why,
                macos,
                functions,
                log.messages());
    }

    private VmResult.Refused refused() {
        return new VmResult.Refused(log.messages());
    }

    private @Nullable PciId device() {
        PciId found = facts.igdId();
        PciId asked = request.device();
        if (asked != null && found != null && !asked.equals(found)) {
            log.refuse("the GPU of the host is " + found + ", not " + asked);
            return null;
        }
        PciId device = asked != null ? asked : found != null ? found : romDevice();
        if (device == null) {
            log.refuse(
                    host == null
                            ? "no GPU is known: no facts about the host, and no ROM that says what"
                                    + " it is for"
                            : "the facts about the host do not say which GPU it has"
                                    + reason(host.igd().id()),
                    Remedy.NAME_DEVICE);
        } else if (device.vendor() != PciId.INTEL) {
            log.refuse(device + " is not an Intel device");
        } else if (!Knowledge.knows(device)) {
            log.warn(device + " is not a known Intel GPU: what it needs is a guess");
        }
        return device;
    }

    private static String reason(Fact<PciId> id) {
        return id instanceof Fact.Unknown<PciId> unknown ? ": " + unknown.message() : "";
    }

    private @Nullable PciId romDevice() {
        if (rom == null) {
            return null;
        }
        if (rom.builtFor().isRecorded()) {
            return PciId.intel(rom.builtFor().deviceId());
        }
        return rom.ids().stream()
                .filter(Knowledge::knows)
                .findFirst()
                .orElse(rom.ids().isEmpty() ? null : rom.ids().getFirst());
    }

    private GuestMachine machine() {
        GuestMachine asked = request.machine();
        boolean bhyve = !request.hypervisor().isQemu();
        if (asked != null && bhyve != (asked == GuestMachine.BHYVE)) {
            log.refuse(request.hypervisor().title() + " has no machine " + asked.id());
        }
        if (bhyve) {
            return GuestMachine.BHYVE;
        }
        if (asked != null) {
            return asked;
        }
        return rom != null && rom.isFor(GuestMachine.Q35) && !rom.isFor(GuestMachine.PC)
                ? GuestMachine.Q35
                : GuestMachine.PC;
    }

    private GuestFirmware firmware() {
        if (request.firmware() != null) {
            return request.firmware();
        }
        return rom != null && !rom.uefi() && rom.vgaBios() != VgaBios.NONE
                ? GuestFirmware.SEABIOS
                : GuestFirmware.UEFI;
    }

    private void checkRomName() {
        String file = request.romFile() == null ? "" : request.romFile();
        String problem = request.hypervisor().nameProblem(request.hypervisor().romPath(file));
        if (!problem.isEmpty()) {
            log.refuse(problem);
        }
    }

    private void checkFirmware(GuestMachine machine, GuestFirmware firmware) {
        if (firmware == GuestFirmware.SEABIOS && machine == GuestMachine.BHYVE) {
            log.refuse("bhyve has no SeaBIOS: a VGA BIOS is of no use there");
        }
        if (!request.secureBoot()) {
            return;
        }
        if (firmware == GuestFirmware.SEABIOS) {
            log.refuse("SeaBIOS has no Secure Boot");
        } else if (machine != GuestMachine.Q35) {
            log.refuse(
                    "Secure Boot needs machine q35: OVMF protects its variables with SMM, which "
                            + machine.id()
                            + " does not have",
                    Remedy.CHOOSE_MACHINE);
        }
    }

    private void checkRom(
            PciId device,
            @Nullable Platform platform,
            GuestMachine machine,
            GuestFirmware firmware) {
        if (rom == null) {
            if (firmware == GuestFirmware.UEFI) {
                log.note(
                        machine == GuestMachine.BHYVE
                                ? "without a ROM there is no picture before the guest's driver"
                                        + " starts"
                                : "without a ROM nothing places the OpRegion"
                                        + (platform == null || platform.stolenInGuest()
                                                ? " and stolen memory"
                                                : "")
                                        + " in the guest, and there is no picture before its driver"
                                        + " starts",
                        Remedy.BUILD_ROM);
            }
            return;
        }
        if (!rom.isFor(device)) {
            List<String> ids = rom.ids().stream().map(PciId::toString).toList();
            log.refuse(
                    "%s is for %s, not for %s"
                            .formatted(
                                    rom.file(),
                                    rom.builtFor().isRecorded()
                                            ? PciId.intel(rom.builtFor().deviceId())
                                            : String.join(", ", ids),
                                    device),
                    Remedy.BUILD_ROM);
        }
        if (!rom.isFor(machine)) {
            log.refuse(
                    "%s was built for %s, not for %s"
                            .formatted(rom.file(), GuestMachine.list(rom.machines()), machine.id()),
                    Remedy.BUILD_FOR_MACHINE,
                    Remedy.CHOOSE_MACHINE);
        }
        if (firmware == GuestFirmware.UEFI && !rom.uefi()) {
            log.refuse(
                    rom.file() + " has nothing for UEFI: OVMF starts no VGA BIOS",
                    Remedy.BUILD_ROM);
        } else if (firmware == GuestFirmware.SEABIOS && rom.vgaBios() == VgaBios.NONE) {
            log.refuse(
                    rom.file() + " has no VGA BIOS: SeaBIOS starts nothing else", Remedy.BUILD_ROM);
        }
    }

    /// The versions that the user gave, else those of the host, else the newest.
    private Versions versions() {
        Versions asked = request.versions();
        ProgramVersion proxmox = request.hypervisor() == Hypervisor.PROXMOX ? proxmox(asked) : null;
        ProgramVersion qemu = asked.qemu();
        if (qemu == null && asked.proxmox() == null) {
            qemu = facts.versions().qemu();
        }
        if (qemu == null && proxmox != null) {
            Optional<ProxmoxRelease> release = ProxmoxRelease.of(proxmox);
            if (release.isEmpty()) {
                log.refuse(
                        "Proxmox VE " + proxmox.major() + " is not known: 8 and 9 are",
                        Remedy.GIVE_VERSION);
            }
            qemu = release.orElse(ProxmoxRelease.newest()).qemu();
        }
        if (qemu == null && request.hypervisor().isQemu()) {
            log.note(
                    "the version of QEMU is not known: this is for 10.1 or newer",
                    Remedy.GIVE_VERSION);
            qemu = ASSUMED_QEMU;
        }
        ProgramVersion libvirt =
                asked.libvirt() == null ? facts.versions().libvirt() : asked.libvirt();
        return new Versions(qemu, libvirt, proxmox);
    }

    private ProgramVersion proxmox(Versions asked) {
        if (asked.proxmox() != null) {
            return asked.proxmox();
        }
        if (facts.versions().proxmox() != null) {
            return facts.versions().proxmox();
        }
        ProxmoxRelease newest = ProxmoxRelease.newest();
        log.note(
                "the version of Proxmox VE is not known: this is for " + newest.major(),
                Remedy.GIVE_VERSION);
        return new ProgramVersion(newest.major(), 0, 0);
    }

    private void checkBhyve(@Nullable Platform platform) {
        if (platform == null || platform.graphicsVersion() >= FIRST_UNKNOWN_TO_BHYVE) {
            log.refuse(
                    "bhyve does not know this GPU and refuses it: \"Unknown IGD device. It's not"
                            + " supported yet!\"");
        }
        log.note("nothing of this was run on FreeBSD");
    }

    private @Nullable MacosSupport macos(@Nullable Platform platform) {
        if (request.guest() != GuestSystem.MACOS) {
            return null;
        }
        Optional<MacosSupport> support = Optional.ofNullable(platform).flatMap(MacosSupport::find);
        if (support.isEmpty()) {
            log.refuse(
                    "macOS has no driver for "
                            + (platform == null ? "this GPU" : platform.codename()));
            return null;
        }
        log.note("nothing about macOS guests was tried here: the ids are those of WhateverGreen");
        return support.get();
    }

    private String options(
            SequencedMap<String, String> options,
            PciId device,
            @Nullable Platform platform,
            GuestMachine machine,
            GuestFirmware firmware,
            Versions versions,
            @Nullable MacosSupport macos) {
        ProgramVersion qemu = versions.qemu() == null ? ASSUMED_QEMU : versions.qemu();
        GpuKind gpu =
                new GpuKind(
                        GpuKind.generationOf(device), facts.isVirtual(), facts.isOtherDisplay(rom));
        Optional<OptionRule> found = OptionRule.find(qemu, gpu, machine, firmware);
        if (found.isEmpty()) {
            log.refuse(
                    "nothing is known about QEMU %s, %s, machine %s and %s"
                            .formatted(qemu, device, machine.id(), firmware.id()));
            return "";
        }
        OptionRule rule = found.get();
        if (!rule.works()) {
            log.refuse(rule.text());
            return rule.text();
        }
        checkNeeds(rule.needs());
        options.putAll(rule.options());
        new OptionChoice(facts, log, gpu, qemu, device, macos, rom).complete(options);
        if (gpu.virtual()) {
            log.warn("the GPU is a virtual function: passing those through was not tried here");
        }
        if (platform != null && platform.stolenInGuest() && gpu.generation() == null) {
            log.warn(
                    "QEMU does not know "
                            + device
                            + " and emulates no base of stolen memory for it: the driver in the"
                            + " ROM leaves stolen memory alone");
        }
        return rule.text();
    }

    private void checkNeeds(Set<Need> needs) {
        if (needs.contains(Need.ROM) && rom == null) {
            log.refuse("this needs a ROM: without one QEMU sets up nothing", Remedy.BUILD_ROM);
        }
        if (needs.contains(Need.VGA_BIOS) && (rom == null || rom.vgaBios() == VgaBios.NONE)) {
            log.refuse("this needs a ROM with a VGA BIOS", Remedy.BUILD_ROM);
        }
        if (needs.contains(Need.CLEARED) && rom != null && rom.vgaBios() == VgaBios.STALE) {
            log.refuse(
                    "the VGA BIOS in "
                            + rom.file()
                            + " keeps the base of the host's stolen memory: its picture would be"
                            + " garbled",
                    Remedy.BUILD_ROM);
        }
        if (needs.contains(Need.VGA_REGION) && facts.isVgaDisabled()) {
            log.refuse(
                    "this needs the VGA region of vfio-pci, which disable_vga=1 on the host"
                            + " removes");
        }
        if (needs.contains(Need.LPC_REGION) && facts.isLpcHidden()) {
            log.refuse(
                    "this needs the LPC bridge of the host, and its 00:1f.0 is no LPC bridge"
                            + " (class 0601)");
        }
    }

    private void checkMemory(@Nullable Platform platform, GuestMachine machine) {
        if (request.memoryMiB() < MIN_MEMORY_MIB) {
            log.warn(
                    "guests with less than 4 GiB of memory are reported to fail; this one has "
                            + request.memoryMiB()
                            + " MiB");
        }
        if (platform != null && platform.baseCompared()) {
            facts.stolenAbove(Knowledge.lowMemory(machine.id()), request.memoryMiB())
                    .ifPresent(log::warn);
        }
    }

    private static @Nullable String bus(GuestMachine machine) {
        return switch (machine) {
            case Q35 -> "pcie.0";
            case PC -> "pci.0";
            case BHYVE -> null;
        };
    }
}
