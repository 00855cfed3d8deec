package igdrom.plan;

import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.firmware.lpc.LpcEdit.Edited;
import igdrom.firmware.lpc.LpcEditException;
import igdrom.firmware.lpc.LpcRead;
import igdrom.formats.pci.PciId;
import igdrom.host.Snapshot;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Pch;
import org.jspecify.annotations.Nullable;

/// Decides whether the GOP is edited so that it sees the host's LPC bridge.
///
/// On q35 it reads the id of QEMU's own bridge, 8086:2918, and gives up. On pc and in bhyve a
/// bridge with the host's id can be put there.
final class LpcBridgeChoice {
    private static final PciId ICH9 = PciId.intel(0x2918);

    private final RomRequest request;
    private final @Nullable Snapshot host;
    private final PlanLog log;

    LpcBridgeChoice(RomRequest request, @Nullable Snapshot host, PlanLog log) {
        this.request = request;
        this.host = host;
        this.log = log;
    }

    /// The edited GOP, or null when it stays as it is.
    ///
    /// @param read how the GOP learns the bridge's id
    @Nullable Edited choose(Gop gop, LpcRead read) {
        boolean requested = policy().bridge() != null;
        boolean q35 = request.machine() == GuestMachine.Q35;
        PciId bridge = bridge();
        if (read instanceof LpcRead.None) {
            return unchanged(new Reason.Because("this GOP does not read the bridge's id"));
        }
        if (!requested && PlannedGop.worksWithAny(read)) {
            return unchanged(new Reason.Because("this GOP works with any bridge"));
        }
        if (bridge != null && read instanceof LpcRead.Site site) {
            checkKnown(gop, site, bridge);
        }
        if (!policy().edits()) {
            if (q35) {
                log.warn(noPictureOnQ35());
            }
            return unchanged(new Reason.Requested(RequestField.UNEDITED_GOP));
        }
        if (!requested && !q35) {
            return unchanged(new Reason.Default("needed on q35 only", RequestField.LPC_BRIDGE));
        }
        if (bridge == null) {
            log.warn(
                    noPictureOnQ35() + "; the id of the host's bridge is not known",
                    Remedy.GIVE_LPC_BRIDGE);
            return null;
        }
        return edited(gop, bridge, requested);
    }

    private LpcBridgePolicy policy() {
        return request.gop().bridge();
    }

    private @Nullable Edited unchanged(Reason reason) {
        log.decide(Subject.LPC_BRIDGE, "GOP unchanged", reason);
        return null;
    }

    private @Nullable Edited edited(Gop gop, PciId bridge, boolean requested) {
        try {
            Edited edited = LpcEdit.edit(gop.executable(), bridge);
            String location = Long.toHexString(edited.edit().patches().getFirst().offset());
            log.decide(
                    Subject.LPC_BRIDGE,
                    name(bridge) + ", put into the GOP at +0x" + location,
                    requested
                            ? new Reason.Requested(RequestField.LPC_BRIDGE)
                            : new Reason.Because("q35 shows its own bridge, this is the host's"));
            log.note("the ROM's GOP works on q35 and on pc, x-igd-lpc is not needed");
            return edited;
        } catch (LpcEditException e) {
            String problem = "the GOP cannot be edited: " + e.getMessage();
            if (requested) {
                log.refuse(problem);
            } else {
                log.warn(problem + "; " + noPictureOnQ35());
            }
            return null;
        }
    }

    private @Nullable PciId bridge() {
        if (policy().bridge() != null) {
            return policy().bridge();
        }
        return host == null ? null : host.lpc().id().value().orElse(null);
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

    private static String noPictureOnQ35() {
        return "on q35 this GOP gives no picture: it expects the host's LPC bridge and finds "
                + ICH9
                + " (machine pc with x-igd-lpc=on shows the host's)";
    }
}
