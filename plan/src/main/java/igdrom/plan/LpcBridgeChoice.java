package igdrom.plan;

import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.firmware.lpc.LpcEdit.Edited;
import igdrom.firmware.lpc.LpcEditException;
import igdrom.firmware.lpc.LpcRead;
import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.Snapshot;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Pch;
import igdrom.knowledge.UsualBridge;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides which LPC bridge the GOP sees: the guest's own, or one whose id an edit puts into it.
///
/// A GOP that does not know the bridge gives up. q35 and bhyve have bridges of their own, which no
/// GOP knows; on pc, QEMU can show the host's.
final class LpcBridgeChoice {
    private final RomRequest request;
    private final @Nullable Snapshot host;
    private final PlanLog log;

    /// The bridge that a GOP sees.
    ///
    /// @param edited the edited GOP, null when it stays as it is
    /// @param bridge the id that the edited GOP sees or that the unedited one expects, null when
    ///   any will do or none is known
    record Choice(@Nullable Edited edited, @Nullable PciId bridge) {}

    /// An id for the edit.
    ///
    /// @param text the id in a decision
    /// @param reason null when the text says it all
    /// @param usual the row that the id is from, null for other sources
    private record Candidate(
            PciId id, String text, @Nullable Reason reason, @Nullable UsualBridge usual) {}

    LpcBridgeChoice(RomRequest request, @Nullable Snapshot host, PlanLog log) {
        this.request = request;
        this.host = host;
        this.log = log;
    }

    /// @param read how the GOP learns the bridge's id
    /// @param device the one whose usual bridge is meant when nothing better is known
    Choice choose(Gop gop, LpcRead read, PciId device) {
        boolean requested = policy().bridge() != null;
        if (read instanceof LpcRead.None) {
            return unchanged(null, new Reason.Because("this GOP does not read the bridge's id"));
        }
        if (!requested && PlannedGop.worksWithAny(read)) {
            return unchanged(null, new Reason.Because("this GOP works with any bridge"));
        }
        Candidate candidate = candidate(read, device);
        PciId id = candidate == null ? null : candidate.id();
        if (id != null && read instanceof LpcRead.Site site) {
            checkKnown(gop, site, id);
        }
        if (!policy().edits()) {
            if (request.machine() == GuestMachine.Q35) {
                log.refuse(
                        "unedited, this GOP gives no picture on q35: it "
                                + ownBridge(GuestMachine.Q35),
                        Remedy.EDIT_GOP,
                        Remedy.BUILD_FOR_PC);
            }
            return unchanged(id, new Reason.Requested(RequestField.UNEDITED_GOP));
        }
        if (!requested && request.machine() == GuestMachine.PC) {
            return unchanged(
                    id,
                    new Reason.Default(
                            "x-igd-lpc=on shows it the host's bridge", RequestField.LPC_BRIDGE));
        }
        if (candidate == null) {
            log.refuse(
                    "the host's LPC bridge is not known, and without its id this GOP gives no"
                            + " picture on "
                            + machine().id()
                            + ": "
                            + whyNotUsual(gop, device),
                    Remedy.GIVE_LPC_BRIDGE,
                    Remedy.BUILD_FOR_PC);
            return new Choice(null, null);
        }
        return edited(gop, candidate);
    }

    private LpcBridgePolicy policy() {
        return request.gop().bridge();
    }

    /// The machine whose bridge makes the edit necessary.
    private GuestMachine machine() {
        return request.machine() == GuestMachine.BHYVE ? GuestMachine.BHYVE : GuestMachine.Q35;
    }

    private Choice unchanged(@Nullable PciId expected, Reason reason) {
        log.decide(Subject.LPC_BRIDGE, "the guest's, GOP unchanged", reason);
        return new Choice(null, expected);
    }

    private Choice edited(Gop gop, Candidate candidate) {
        try {
            Edited edited = LpcEdit.edit(gop.executable(), candidate.id());
            Reason why = new Reason.Because("put into the GOP, which " + ownBridge(machine()));
            if (candidate.reason() == null) {
                log.decide(Subject.LPC_BRIDGE, candidate.text(), why);
            } else {
                log.decide(Subject.LPC_BRIDGE, candidate.text(), candidate.reason(), why);
            }
            noteOther(gop, candidate.usual());
            return new Choice(edited, candidate.id());
        } catch (LpcEditException e) {
            log.refuse(
                    "the GOP cannot be edited, and unedited it gives no picture on "
                            + machine().id()
                            + ": "
                            + e.getMessage(),
                    Remedy.BUILD_FOR_PC);
            return new Choice(null, null);
        }
    }

    /// The id of the bridge, from the best source that has one.
    private @Nullable Candidate candidate(LpcRead read, PciId device) {
        PciId requested = policy().bridge();
        if (requested != null) {
            Reason reason = new Reason.Requested(RequestField.LPC_BRIDGE);
            return new Candidate(requested, name(requested), reason, null);
        }
        if (host != null && host.lpc().id() instanceof Fact.Known<PciId>(PciId id, String source)) {
            return new Candidate(id, name(id), new Reason.FromHost(source), null);
        }
        if (!(read instanceof LpcRead.Site site)) {
            return null;
        }
        if (site.edited().isPresent()) {
            PciId id = site.edited().get();
            return new Candidate(id, name(id), new Reason.Because("the GOP had it already"), null);
        }
        UsualBridge usual = Knowledge.usualBridge(device).orElse(null);
        if (usual == null || !site.accepts(usual.id()).orElse(false)) {
            return null;
        }
        String text = usual.id() + ", usual for " + usual.platform().family();
        return new Candidate(usual.id(), text, null, usual);
    }

    /// Why the usual bridge cannot stand in for an unknown one.
    private static String whyNotUsual(Gop gop, PciId device) {
        Optional<UsualBridge> usual = Knowledge.usualBridge(device);
        if (usual.isEmpty()) {
            return "none is known to be usual for " + device;
        }
        boolean understood =
                gop.lpc() instanceof LpcRead.Site site
                        && site.accepts(usual.get().id()).isPresent();
        return understood
                ? "GOP "
                        + gop.version()
                        + " does not support the usual one of "
                        + usual.get().platform().family()
                        + ", "
                        + usual.get().id()
                : "the code of GOP " + gop.version() + " does not show which bridges it supports";
    }

    /// Boards of some platforms have one of two kinds of PCH.
    private void noteOther(Gop gop, @Nullable UsualBridge usual) {
        if (usual == null || usual.other() == null) {
            return;
        }
        if (gop.lpc() instanceof LpcRead.Site site && site.accepts(usual.other()).orElse(true)) {
            log.note(
                    "some boards of "
                            + usual.platform().family()
                            + " have another kind of PCH, such as "
                            + name(usual.other())
                            + "; if yours is one, the screen may stay dark",
                    Remedy.GIVE_LPC_BRIDGE);
        }
    }

    private void checkKnown(Gop gop, LpcRead.Site site, PciId bridge) {
        if (!site.accepts(bridge).orElse(true)) {
            log.conflict(
                    Conflict.GOP_PCH,
                    "GOP "
                            + gop.version()
                            + " does not support the PCH "
                            + name(bridge)
                            + ": it would give no picture on the host either");
        } else if (site.accepts(bridge).isEmpty()) {
            log.warn("the code of GOP " + gop.version() + " does not show which PCHs it supports");
        }
    }

    private static String name(PciId bridge) {
        String name = Knowledge.pchOf(bridge).map(Pch::name).orElse(null);
        return name == null ? bridge.toString() : bridge + " " + name;
    }

    private static String ownBridge(GuestMachine machine) {
        PciId own = machine == GuestMachine.BHYVE ? Pch.BHYVE_BRIDGE : Pch.Q35_BRIDGE;
        return "does not support " + machine.id() + "'s own bridge, " + own;
    }
}
