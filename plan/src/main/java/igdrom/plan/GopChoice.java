package igdrom.plan;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Location;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.gop.GopOrder;
import igdrom.firmware.gop.Support;
import igdrom.firmware.lpc.LpcEdit.Edited;
import igdrom.firmware.lpc.LpcRead;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.PeImage;
import igdrom.host.Snapshot;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which GOP goes into the ROM.
final class GopChoice {
    private final RomRequest request;
    private final Parts parts;
    private final @Nullable Snapshot host;
    private final PlanLog remarks;

    GopChoice(RomRequest request, Parts parts, @Nullable Snapshot host, PlanLog remarks) {
        this.request = request;
        this.parts = parts;
        this.host = host;
        this.remarks = remarks;
    }

    @Nullable PlannedGop choose(PciId device) {
        if (!request.withGop()) {
            remarks.decide("GOP", "none", "--no-gop: no picture before the guest's own driver");
            return null;
        }
        if (parts.gopFile() == null) {
            remarks.decide(
                    "GOP",
                    "none",
                    "no file was given to take it from: no picture before the"
                            + " guest's own driver");
            return null;
        }
        Part<GopDriver> best = best(device);
        if (best == null) {
            remarks.refuse(parts.gopFile() + " holds no GOP (--no-gop builds a ROM without)");
            return null;
        }
        Gop gop = best.value().gop();
        check(gop, device);
        if (!(gop.executable() instanceof PeImage pe)) {
            remarks.refuse("the GOP of " + best.from() + " is a TE image, which no ROM can hold");
            return null;
        }
        remarks.decide(
                "GOP", gop.version() + ", " + best.value().bytes().size() + " bytes", best.from());
        LpcRead lpc = gop.lpc();
        Edited edited = new LpcBridgeChoice(request, host, remarks).choose(gop, lpc);
        if (edited == null) {
            return new PlannedGop(gop, lpc, pe, null, gop.image(), best.from());
        }
        PeImage program =
                PeImage.read(edited.edited(), Location.root(best.from()), new Diagnostics());
        return new PlannedGop(gop, lpc, program, edited.edit(), edited.owners(), best.from());
    }

    private @Nullable Part<GopDriver> best(PciId device) {
        Comparator<Gop> order = GopOrder.forDevice(device);
        Part<GopDriver> best = null;
        for (Part<GopDriver> one : parts.gops()) {
            if (best == null || order.compare(one.value().gop(), best.value().gop()) < 0) {
                best = one;
            }
        }
        return best;
    }

    private void check(Gop gop, PciId device) {
        if (!gop.arch().equals(Machine.X64)) {
            remarks.refuse(
                    "the GOP is an " + gop.arch() + " program, OVMF starts X64 only",
                    Conflict.GOP_ARCH);
        }
        Optional<String> problem = gop.executable().loadProblem();
        if (problem.isPresent()) {
            remarks.refuse("the GOP is damaged, no firmware can start it: " + problem.get());
        }
        Support support = gop.support(device);
        if (gop.deviceIds().isEmpty()) {
            remarks.warn("GOP " + support.reason() + ": it may or may not drive " + device);
        } else if (!support.yes()) {
            remarks.refuse(
                    "GOP "
                            + support.reason()
                            + (parts.gops().size() == 1
                                    ? ""
                                    : "; none of the " + parts.gops().size() + " GOPs does"),
                    Conflict.GOP_DEVICE);
        }
    }
}
