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

/// Chooses the GOP of the ROM.
final class GopChoice {
    private final RomRequest request;
    private final Parts parts;
    private final @Nullable Snapshot host;
    private final PlanLog log;

    GopChoice(RomRequest request, Parts parts, @Nullable Snapshot host, PlanLog log) {
        this.request = request;
        this.parts = parts;
        this.host = host;
        this.log = log;
    }

    /// @param known the device, or the known one that it is treated as
    @Nullable PlannedGop choose(PciId device, PciId known) {
        if (!request.gop().included()) {
            log.decide(
                    Subject.GOP,
                    "none: no picture until the guest's own driver starts",
                    new Reason.Requested(RequestField.WITHOUT_GOP));
            return null;
        }
        if (parts.gopFile() == null) {
            log.decide(
                    Subject.GOP,
                    "none: no picture until the guest's own driver starts",
                    new Reason.Because("no file with a GOP was given"));
            return null;
        }
        Part<GopDriver> best = best(device);
        if (best == null) {
            log.refuse(parts.gopFile() + " contains no GOP", Remedy.LEAVE_GOP_OUT);
            return null;
        }
        Gop gop = best.value().gop();
        check(gop, device);
        if (!(gop.executable() instanceof PeImage pe)) {
            log.refuse("the GOP of " + best.from() + " is a TE image, which a ROM cannot hold");
            return null;
        }
        log.decide(
                Subject.GOP,
                gop.version() + ", " + best.value().bytes().size() + " bytes",
                new Reason.FromFile(best.from()));
        LpcRead lpc = gop.lpc();
        LpcBridgeChoice.Choice choice =
                new LpcBridgeChoice(request, host, log).choose(gop, lpc, known);
        Edited edited = choice.edited();
        if (edited == null) {
            return new PlannedGop(gop, lpc, pe, null, gop.image(), choice.bridge(), best.from());
        }
        PeImage program =
                PeImage.read(edited.edited(), Location.root(best.from()), new Diagnostics());
        return new PlannedGop(
                gop, lpc, program, edited.edit(), edited.original(), choice.bridge(), best.from());
    }

    private @Nullable Part<GopDriver> best(PciId device) {
        Comparator<Gop> order = GopOrder.forDevice(device);
        Part<GopDriver> best = null;
        for (Part<GopDriver> candidate : parts.gops()) {
            if (best == null || order.compare(candidate.value().gop(), best.value().gop()) < 0) {
                best = candidate;
            }
        }
        return best;
    }

    private void check(Gop gop, PciId device) {
        if (!gop.arch().equals(Machine.X64)) {
            log.conflict(
                    Conflict.GOP_ARCH,
                    "the GOP is an " + gop.arch() + " program, OVMF starts X64 only");
        }
        Optional<String> problem = gop.executable().loadProblem();
        if (problem.isPresent()) {
            log.refuse("the GOP is damaged, firmware cannot start it: " + problem.get());
        }
        Support support = gop.support(device);
        if (gop.deviceIds().isEmpty()) {
            log.warn("GOP " + support.reason() + ": it may or may not drive " + device);
        } else if (!support.supported()) {
            String others =
                    parts.gops().size() == 1
                            ? ""
                            : "; none of the " + parts.gops().size() + " GOPs lists it";
            log.conflict(Conflict.GOP_DEVICE, "GOP " + support.reason() + others);
        }
    }
}
