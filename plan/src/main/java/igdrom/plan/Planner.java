package igdrom.plan;

import igdrom.bytes.Image;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.PciFunction;
import igdrom.host.Snapshot;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.plan.PlanResult.Refused;
import org.jspecify.annotations.Nullable;

/// Makes the decisions one after the other; each may rest on those before.
final class Planner {
    private static final int VGA = 0x030000;
    private static final int DISPLAY = 0x03;

    /// What config space reads as while the device sleeps or is gone.
    private static final long ASLEEP = 0xffff_ffffL;

    private final RomRequest request;
    private final Parts parts;
    private final @Nullable Snapshot host;
    private final @Nullable String hostFile;
    private final PlanLog remarks;

    Planner(RomRequest request, Parts parts, @Nullable Snapshot host, @Nullable String hostFile) {
        this.request = request;
        this.parts = parts;
        this.host = host;
        this.hostFile = hostFile;
        this.remarks = new PlanLog(request.allowed());
    }

    PlanResult plan() {
        PciId device = device();
        if (device == null) {
            return new Refused(remarks.remarks(), remarks.isMalformed());
        }
        PciId known = request.treatAs() == null ? device : request.treatAs();
        Platform platform = platform(device, known);
        vgaBioses(device);
        PlannedGop gop = new GopChoice(request, parts, host, remarks).choose(device);
        Part<Image> opRegion =
                new OpRegionChoice(request, parts, host, hostFile, platform, remarks).choose(gop);
        decideLidAndDock();
        StolenMemory stolen = new StolenChoice(request, host, platform, remarks).choose();
        if (remarks.isRefused()) {
            return new Refused(remarks.remarks(), remarks.isMalformed());
        }
        return new Plan(
                device,
                classCode(),
                platform,
                known.equals(device) ? 0 : known.device(),
                parts.vgaBioses(),
                gop,
                opRegion,
                stolen,
                request,
                remarks.decisions(),
                remarks.remarks());
    }

    private @Nullable PciId device() {
        PciId measured = host == null ? null : host.igd().id().value().orElse(null);
        PciId device = request.device() == null ? measured : request.device();
        if (device == null) {
            String why = host == null ? "" : unknown(host.igd().id());
            remarks.refuse("no device is known (--device says which, lspci -nn shows it)" + why);
            return null;
        }
        if (device.vendor() != PciId.INTEL) {
            remarks.refuse(device + " is not one of Intel's devices");
        }
        if (measured != null && !measured.equals(device)) {
            remarks.refuse(
                    "the snapshot is of a machine with " + measured + ", not " + device,
                    Conflict.OTHER_HOST);
        }
        if (host != null) {
            checkHost(host.igd(), measured);
        }
        return device;
    }

    private static String unknown(Fact<?> fact) {
        return fact instanceof Fact.Unknown<?> unknown ? ": " + unknown.message() : "";
    }

    /// Whether what the facts call graphics is any.
    private void checkHost(PciFunction igd, @Nullable PciId measured) {
        int classCode = igd.classCode().value().orElse(VGA);
        if (classCode >>> 16 != DISPLAY) {
            remarks.refuse(
                    String.format(
                            "the snapshot's device has class %06x, no display has", classCode),
                    Conflict.OTHER_HOST);
        }
        Image config = igd.config().value().orElse(Image.EMPTY);
        if (measured == null || config.size() < 4 || config.u32(0) == ASLEEP) {
            return;
        }
        PciId registers = new PciId(config.u16(0), config.u16(2));
        if (!registers.equals(measured)) {
            remarks.refuse(
                    "the snapshot's device is " + measured + ", its config space says " + registers,
                    Conflict.OTHER_HOST);
        }
    }

    /// What the driver tells a GOP that asks.
    private void decideLidAndDock() {
        if (request.lidOpen() != null) {
            remarks.decide("lid", request.lidOpen() ? "open" : "closed", "--lid");
        }
        if (request.docked() != null) {
            remarks.decide("dock", request.docked() ? "docked" : "not docked", "--dock");
        }
    }

    private @Nullable Platform platform(PciId device, PciId known) {
        String by = request.device() == null ? "the snapshot" : "--device";
        Platform platform = Knowledge.platformOf(known).orElse(null);
        if (platform == null && request.treatAs() != null) {
            remarks.refuse(
                    "--treat-as "
                            + known
                            + " is not a graphics device that igdrom knows (docs/gpus.md lists"
                            + " them)");
        } else if (platform == null) {
            remarks.decide("device", device.toString(), by);
            remarks.warn(
                    known
                            + " is not a graphics device that igdrom knows: the driver sets up the"
                            + " OpRegion and leaves everything else alone (--treat-as names a"
                            + " device of its generation)");
        } else if (known.equals(device)) {
            remarks.decide("device", device + ", " + platform.codename(), by);
        } else {
            remarks.decide(
                    "device", device + ", treated as " + known + ", " + platform.codename(), by);
        }
        return platform;
    }

    private int classCode() {
        return host == null ? VGA : host.igd().classCode().value().orElse(VGA);
    }

    private void vgaBioses(PciId device) {
        for (Part<RomImage> vgaBios : parts.vgaBioses()) {
            PciId id = vgaBios.value().pcir().id();
            boolean listed = vgaBios.value().ids().contains(device);
            remarks.decide(
                    "VGA BIOS",
                    vgaBios.value().raw().size()
                            + " bytes"
                            + (id.equals(device) ? "" : " of " + id),
                    vgaBios.from());
            if (!listed) {
                remarks.warn(
                        "the VGA BIOS is for "
                                + id
                                + " and does not list "
                                + device
                                + "; its id is changed, so that SeaBIOS takes it");
            }
        }
    }
}
