package igdrom.plan;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.OpRegionRule;
import igdrom.firmware.gop.VbtReading;
import igdrom.formats.opregion.VbtExtent;
import igdrom.formats.vbt.Output;
import igdrom.formats.vbt.Vbt;
import igdrom.formats.vbt.VbtEdit;
import igdrom.formats.vbt.VbtEditException;
import igdrom.formats.vbt.VbtRepack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes the VBT as the owner requests: switches outputs off for everybody in the guest, and
/// repacks the entries of outputs for the GOP alone.
final class VbtChoice {
    private final RomRequest.VbtRequest request;
    private final PlanLog log;
    private Image original = Image.EMPTY;
    private Image policy = Image.EMPTY;

    VbtChoice(RomRequest.VbtRequest request, PlanLog log) {
        this.request = request;
        this.log = log;
    }

    /// What was changed.
    PlannedVbt planned() {
        return new PlannedVbt(original, policy);
    }

    /// Refuses requests that need a VBT.
    void withoutVbt() {
        if (!request.disabledOutputs().isEmpty()) {
            log.refuse("no VBT to switch outputs off in", Remedy.GIVE_OPREGION_OR_VBT);
        }
        if (request.repacked()) {
            log.refuse("no VBT to repack", Remedy.GIVE_OPREGION_OR_VBT);
        }
    }

    /// The OpRegion whose VBT lacks the outputs that the owner does not want.
    ///
    /// @param rule with a VBT
    /// @param from the file of the VBT
    OpRegionRule edited(OpRegionRule rule, String from) {
        Image vbt = rule.vbtBytes();
        VbtExtent extent = rule.vbt();
        if (request.disabledOutputs().isEmpty() || vbt == null || extent == null) {
            return rule;
        }
        Location location = Location.root(from);
        VbtEdit edit;
        try {
            edit = VbtEdit.disable(vbt, request.disabledOutputs(), location);
        } catch (VbtEditException e) {
            log.refuse(from + ": " + e.getMessage());
            return rule;
        }
        original = vbt;
        log.decide(
                Subject.VBT,
                names(edit.disabled())
                        + " switched off"
                        + (edit.remaining().isEmpty()
                                ? ", no output is left"
                                : ", left: " + names(edit.remaining())),
                new Reason.Requested(RequestField.DISABLED_OUTPUTS));
        Image region =
                new Emitter().image(rule.image()).patch(extent.offset(), edit.image()).toImage();
        return OpRegionRule.of(region, location);
    }

    /// The VBT that the GOP reads: the OpRegion's, or one repacked for it.
    ///
    /// @param rule with a VBT
    /// @param vbt the same VBT, parsed
    Vbt forGop(OpRegionRule rule, Vbt vbt, @Nullable PlannedGop gop, String from) {
        Image bytes = rule.vbtBytes();
        if (!request.repacked() || bytes == null) {
            return vbt;
        }
        if (gop == null || !(gop.gop().reads(vbt) instanceof VbtReading.Misread misread)) {
            log.note(
                    "the VBT is not repacked: "
                            + (gop == null ? "there is no GOP" : "the GOP reads it as it is"));
            return vbt;
        }
        Location location = Location.root(from);
        Image repacked;
        try {
            repacked = VbtRepack.resize(bytes, misread.assumedSize(), location);
        } catch (VbtEditException e) {
            log.refuse(
                    "the VBT cannot be repacked for GOP "
                            + gop.gop().version()
                            + ": "
                            + e.getMessage());
            return vbt;
        }
        policy = repacked;
        Vbt result = Vbt.read(repacked, location, new Diagnostics());
        int version = result.bdb().version();
        log.decide(
                Subject.VBT,
                "repacked for the GOP from "
                        + misread.actualSize()
                        + " to "
                        + misread.assumedSize()
                        + " bytes per output"
                        + (version == misread.bdbVersion()
                                ? ""
                                : ", BDB " + misread.bdbVersion() + " to " + version)
                        + "; the OpRegion keeps the original",
                new Reason.Requested(RequestField.REPACKED_VBT));
        return result;
    }

    private static String names(List<Output> outputs) {
        return String.join(", ", outputs.stream().map(Output::name).toList());
    }
}
