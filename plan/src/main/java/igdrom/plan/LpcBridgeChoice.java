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

/// Whether the GOP is told which LPC bridge there is, or goes on asking.
///
/// On q35 it would be answered with QEMU's own bridge, 8086:2918, and do nothing. On pc and in
/// bhyve a bridge with the host's id can be put there.
final class LpcBridgeChoice {
    private static final PciId ICH9 = PciId.intel(0x2918);
    private static final String SUBJECT = "LPC bridge";

    private final RomRequest request;
    private final @Nullable Snapshot host;
    private final PlanLog remarks;

    LpcBridgeChoice(RomRequest request, @Nullable Snapshot host, PlanLog remarks) {
        this.request = request;
        this.host = host;
        this.remarks = remarks;
    }

    /// The edited GOP, or null when it stays as it is.
    ///
    /// @param read how the GOP learns the bridge's id
    @Nullable Edited choose(Gop gop, LpcRead read) {
        boolean asked = request.pch().bridge() != null;
        boolean q35 = request.machine() == GuestMachine.Q35;
        PciId bridge = bridge();
        if (read instanceof LpcRead.None) {
            remarks.decide(SUBJECT, "nothing to do", "this GOP does not look at it");
            return null;
        }
        if (!asked && PlannedGop.goesOnBesideAny(read)) {
            remarks.decide(
                    SUBJECT, "nothing to do", "this GOP asks for it and goes on beside any bridge");
            return null;
        }
        if (bridge != null && read instanceof LpcRead.Site site) {
            known(gop, site, bridge);
        }
        if (!request.pch().edits()) {
            remarks.decide(SUBJECT, "the guest's", "--no-pch");
            if (q35) {
                remarks.warn(darkOnQ35());
            }
            return null;
        }
        if (!asked && !q35) {
            remarks.decide(
                    SUBJECT,
                    "the guest's",
                    "the GOP is edited for q35 only (--pch says so in any case)");
            return null;
        }
        if (bridge == null) {
            remarks.warn(
                    darkOnQ35()
                            + "; the id of the host's bridge is not known (--pch tells it: lspci"
                            + " -nn -s 1f.0 there)");
            return null;
        }
        return edited(gop, bridge, asked);
    }

    private @Nullable Edited edited(Gop gop, PciId bridge, boolean asked) {
        try {
            Edited edited = LpcEdit.edit(gop.executable(), bridge);
            String location = Long.toHexString(edited.edit().patches().getFirst().offset());
            remarks.decide(
                    SUBJECT,
                    name(bridge) + ", put into the GOP at +0x" + location,
                    asked ? "--pch" : "q35 shows its own, 00:1f.0 of the host is this");
            remarks.note("the ROM's GOP works on q35 and on pc, x-igd-lpc is not needed");
            return edited;
        } catch (LpcEditException e) {
            String problem = "the GOP cannot be edited: " + e.getMessage();
            if (asked) {
                remarks.refuse(problem);
            } else {
                remarks.warn(problem + "; " + darkOnQ35());
            }
            return null;
        }
    }

    private @Nullable PciId bridge() {
        if (request.pch().bridge() != null) {
            return request.pch().bridge();
        }
        return host == null ? null : host.lpc().id().value().orElse(null);
    }

    private void known(Gop gop, LpcRead.Site site, PciId bridge) {
        if (!site.accepts(bridge).orElse(true)) {
            remarks.refuse(
                    "GOP "
                            + gop.version()
                            + " does not know your PCH "
                            + name(bridge)
                            + ": it would give no picture on the host either",
                    Conflict.GOP_PCH);
        } else if (site.accepts(bridge).isEmpty()) {
            remarks.warn(
                    "which PCHs GOP "
                            + gop.version()
                            + " knows could not be learned from its code");
        }
    }

    private static String name(PciId bridge) {
        String name = Knowledge.pchOf(bridge).map(Pch::name).orElse(null);
        return name == null ? bridge.toString() : bridge + " " + name;
    }

    private static String darkOnQ35() {
        return "on q35 this GOP gives no picture: it asks for the host's LPC bridge and is answered"
                + " with "
                + ICH9
                + " (machine pc with x-igd-lpc=on has the host's)";
    }
}
