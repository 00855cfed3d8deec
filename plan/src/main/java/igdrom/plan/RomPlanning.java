package igdrom.plan;

import igdrom.bytes.Image;
import igdrom.firmware.SavedStolenBase;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.PciFunction;
import igdrom.host.Snapshot;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the decisions one after the other; each may rest on those before it.
final class RomPlanning {
    private static final int VGA_CLASS = 0x030000;
    private static final int DISPLAY_CLASS = 0x03;

    /// What config space reads as while the device sleeps or is gone.
    private static final long NO_ANSWER = 0xffff_ffffL;

    private final RomRequest request;
    private final Parts parts;
    private final @Nullable HostFacts hostFacts;
    private final @Nullable Snapshot host;
    private final PlanLog log;

    RomPlanning(RomRequest request, Parts parts, @Nullable HostFacts hostFacts) {
        // An edited VBT is no use beside the hypervisor's, which would come first.
        this.request =
                request.vbt().disabledOutputs().isEmpty()
                        ? request
                        : request.withSource(OpRegionSource.EMBEDDED);
        this.parts = parts;
        this.hostFacts = hostFacts;
        this.host = hostFacts == null ? null : hostFacts.snapshot();
        this.log = new PlanLog(request.allowed());
    }

    PlanResult plan() {
        PciId device = device();
        if (device == null) {
            return log.refused();
        }
        PciId treatAs = request.target().treatAs();
        PciId known = treatAs == null ? device : treatAs;
        Platform platform = platform(device, known);
        if (platform == null) {
            return log.refused();
        }
        List<Part<RomImage>> vgaBioses = vgaBioses(device, platform);
        PlannedGop gop = new GopChoice(request, parts, host, log).choose(device, known);
        if (gop != null && platform.gopNeedsLowBar2()) {
            log.warn(
                    platform.codename()
                            + "'s GOP draws over the guest's memory where the firmware puts BAR2"
                            + " above 4 GiB: the guest needs opt/ovmf/X-PciMmio64Mb=0, as in the"
                            + " lines below");
        }
        Set<GuestMachine> machines = machines(gop);
        if (!vgaBioses.isEmpty()) {
            checkLegacyMode(machines, platform, gop);
        }
        VbtChecks vbtChecks = VbtChecks.of(device, known, host, log);
        VbtChoice vbt = new VbtChoice(request.vbt(), log);
        OpRegionChoice opRegions =
                new OpRegionChoice(request, parts, hostFacts, vbtChecks, vbt, log);
        Part<Image> opRegion = opRegions.choose(gop);
        decideAsls();
        decideDisplayState();
        decideLidAndDock();
        StolenMemory stolen = new StolenChoice(request, host, platform, log).choose();
        if (log.isRefused()) {
            return log.refused();
        }
        return new Plan(
                device,
                classCode(),
                platform,
                known.equals(device) ? 0 : known.device(),
                vgaBioses,
                gop,
                machines,
                opRegion,
                opRegions.origin(),
                vbt.planned(),
                stolen,
                request,
                log.decisions(),
                log.messages());
    }

    private @Nullable PciId device() {
        PciId measured = host == null ? null : host.igd().id().value().orElse(null);
        PciId requested = request.target().device();
        PciId device = requested == null ? measured : requested;
        if (device == null) {
            refuseWithoutDevice();
            return null;
        }
        if (device.vendor() != PciId.INTEL) {
            log.refuse(
                    requested == null
                            ? "the snapshot has no Intel graphics, its device is " + device
                            : device + " is not an Intel device");
            return null;
        }
        if (measured != null && !measured.equals(device)) {
            log.conflict(
                    Conflict.OTHER_HOST,
                    "the snapshot is from a machine with " + measured + ", not " + device);
        } else if (host != null && measured == null && host.igd().id().source().startsWith("/")) {
            log.conflict(Conflict.OTHER_HOST, "the facts are from a machine with " + noGraphics());
        } else if (host != null) {
            checkHost(host.igd(), measured);
        }
        return device;
    }

    /// Why a machine whose files were read has no graphics.
    private String noGraphics() {
        if (host == null || !(host.igd().id() instanceof Fact.Unknown<PciId> unknown)) {
            throw new IllegalStateException("the host has graphics");
        }
        return "no Intel graphics at " + host.igd().address() + " (" + unknown.reason() + ")";
    }

    private void refuseWithoutDevice() {
        Fact<PciId> id = host == null ? null : host.igd().id();
        if (!(id instanceof Fact.Unknown<PciId> unknown)) {
            log.refuse("no device is known", Remedy.NAME_DEVICE);
        } else if (unknown.source().startsWith("/")) {
            log.refuse(noGraphics());
        } else {
            log.refuse("no device is known: " + unknown.message(), Remedy.NAME_DEVICE);
        }
    }

    /// Checks that the facts are about a display device, and about one device.
    private void checkHost(PciFunction igd, @Nullable PciId measured) {
        int classCode = igd.classCode().value().orElse(VGA_CLASS);
        if (classCode >>> 16 != DISPLAY_CLASS) {
            log.conflict(
                    Conflict.OTHER_HOST,
                    "the snapshot's device has class %06x, not a display's".formatted(classCode));
        }
        Image config = igd.config().value().orElse(Image.EMPTY);
        if (measured == null || config.size() < 4 || config.u32(0) == NO_ANSWER) {
            return;
        }
        PciId registers = new PciId(config.u16(0), config.u16(2));
        if (!registers.equals(measured)) {
            log.conflict(
                    Conflict.OTHER_HOST,
                    "the snapshot's device is "
                            + measured
                            + ", its config space contains "
                            + registers);
        }
    }

    /// A VGA BIOS needs what QEMU sets up in legacy mode: our driver runs in UEFI guests only.
    private void checkLegacyMode(
            Set<GuestMachine> machines, Platform platform, @Nullable PlannedGop gop) {
        if (!machines.contains(GuestMachine.PC)
                || !Knowledge.passthrough(platform).hasLegacyMode()) {
            String problem =
                    "the VGA BIOS gives no picture: it needs QEMU's legacy mode, which exists on"
                            + " machine pc for Sandy Bridge to Comet Lake only";
            if (gop == null) {
                log.refuse(problem);
            } else {
                log.warn(problem);
            }
        } else if (machines.contains(GuestMachine.Q35)) {
            log.note("the VGA BIOS works on pc only, in QEMU's legacy mode");
        }
    }

    private Set<GuestMachine> machines(@Nullable PlannedGop gop) {
        GuestMachine requested = request.machine();
        Set<GuestMachine> machines = EnumSet.of(GuestMachine.Q35, GuestMachine.PC);
        Reason reason = new Reason.Default("by default", RequestField.MACHINE);
        if (requested != null) {
            machines = EnumSet.of(requested);
            reason = new Reason.Requested(RequestField.MACHINE);
        } else if (gop != null && gop.needsBridge()) {
            machines = EnumSet.of(GuestMachine.PC);
            reason = new Reason.Because("the unedited GOP needs x-igd-lpc=on, which q35 lacks");
        } else if (gop == null && !parts.vgaBioses().isEmpty()) {
            machines = EnumSet.of(GuestMachine.PC);
            reason = new Reason.Because("a VGA BIOS needs the legacy mode, which q35 lacks");
        }
        log.decide(Subject.MACHINE, GuestMachine.list(machines), reason);
        return machines;
    }

    /// Said in every build, since the host pays for it, not the guest.
    private void decideAsls() {
        if (!request.aslsAlways()) {
            return;
        }
        log.decide(
                Subject.ASLS,
                "written even where the hypervisor does not emulate it",
                new Reason.Requested(RequestField.ASLS));
        log.warn(
                "where the hypervisor does not emulate ASLS, the host loses its own OpRegion until"
                        + " it is rebooted, and the VM may not start a second time before that");
    }

    private void decideDisplayState() {
        if (!request.clearsDisplayState()) {
            return;
        }
        log.decide(
                Subject.DISPLAY_STATE,
                "what the host's firmware left is cleared",
                new Reason.Requested(RequestField.DISPLAY_STATE));
        log.warn(
                "clearing the display state writes registers of the GPU before the GOP does, and is"
                        + " unproven on hardware");
    }

    /// What the driver answers to a GOP that asks.
    private void decideLidAndDock() {
        Boolean lidOpen = request.policy().lidOpen();
        if (lidOpen != null) {
            log.decide(
                    Subject.LID,
                    lidOpen ? "open" : "closed",
                    new Reason.Requested(RequestField.LID));
        }
        Boolean docked = request.policy().docked();
        if (docked != null) {
            log.decide(
                    Subject.DOCK,
                    docked ? "docked" : "not docked",
                    new Reason.Requested(RequestField.DOCK));
        }
    }

    private @Nullable Platform platform(PciId device, PciId known) {
        Platform platform = Knowledge.platformOf(known).orElse(null);
        if (platform != null) {
            warnOfOwnPlatform(device, platform);
            String treated = known.equals(device) ? "" : ", treated as " + known;
            log.decide(
                    Subject.DEVICE, device + treated + ", " + platform.codename(), deviceReason());
        } else if (request.target().treatAs() == null) {
            log.refuse(
                    known + " is not a known Intel graphics device", Remedy.TREAT_AS_KNOWN_DEVICE);
        } else {
            log.refuse(
                    "the device to treat it as, "
                            + known
                            + ", is not a known Intel graphics device");
        }
        return platform;
    }

    /// Warns when a known device is treated as one of another platform.
    private void warnOfOwnPlatform(PciId device, Platform assumed) {
        Platform own = Knowledge.platformOf(device).orElse(assumed);
        if (!own.equals(assumed)) {
            log.warn(
                    "%s is a known device, %s: the driver will take its registers for those of %s"
                            .formatted(device, own.codename(), assumed.codename()));
        }
    }

    private Reason deviceReason() {
        return request.target().device() == null && host != null
                ? new Reason.FromHost(host.igd().id().source())
                : new Reason.Requested(RequestField.DEVICE);
    }

    private int classCode() {
        Integer requested = request.target().classCode();
        if (requested != null) {
            return requested;
        }
        return host == null ? VGA_CLASS : host.igd().classCode().value().orElse(VGA_CLASS);
    }

    private List<Part<RomImage>> vgaBioses(PciId device, Platform platform) {
        List<Part<RomImage>> planned = new ArrayList<>();
        for (Part<RomImage> vgaBios : parts.vgaBioses()) {
            PciId id = vgaBios.value().pcir().id();
            long size = vgaBios.value().pcir().imageSize();
            if (size > vgaBios.value().raw().size()) {
                log.refuse(
                        "the VGA BIOS of %s is truncated: it should have %d bytes and has %d"
                                .formatted(vgaBios.from(), size, vgaBios.value().raw().size()));
            }
            log.decide(
                    Subject.VGA_BIOS,
                    vgaBios.value().raw().size()
                            + " bytes"
                            + (id.equals(device) ? "" : " of " + id),
                    new Reason.FromFile(vgaBios.from()));
            if (!vgaBios.value().ids().contains(device)) {
                log.warn(
                        "the VGA BIOS is for "
                                + id
                                + " and does not list "
                                + device
                                + "; its id is changed so that SeaBIOS starts it");
            }
            planned.add(withoutSavedBase(vgaBios, platform));
        }
        return planned;
    }

    /// The VGA BIOS of a running machine has saved that machine's base of stolen memory.
    private Part<RomImage> withoutSavedBase(Part<RomImage> vgaBios, Platform platform) {
        SavedStolenBase saved = SavedStolenBase.find(vgaBios.value()).orElse(null);
        if (saved == null) {
            if (platform.stolenBase() != null && platform.stolenBase().bits() == Integer.SIZE) {
                log.note(
                        "where this VGA BIOS saves the base of stolen memory is not known; if it"
                                + " was copied from a running machine, it may draw garbage");
            }
            return vgaBios;
        }
        if (saved.value() == 0) {
            return vgaBios;
        }
        log.note(
                String.format(
                        "the VGA BIOS had saved the base of stolen memory of the machine that it"
                                + " was copied from, 0x%x at +0x%x: cleared, so that it reads the"
                                + " guest's",
                        saved.value(), saved.offset()));
        return new Part<>(saved.cleared(vgaBios.value()), vgaBios.from());
    }
}
