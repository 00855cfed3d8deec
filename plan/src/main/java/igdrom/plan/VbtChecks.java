package igdrom.plan;

import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.firmware.gop.VbtReading;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.Vbt;
import igdrom.formats.vbt.VbtDefect;
import igdrom.formats.vbt.VbtEditException;
import igdrom.formats.vbt.VbtHeader;
import igdrom.formats.vbt.VbtRepack;
import igdrom.host.Snapshot;
import igdrom.knowledge.Device;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.VbtFamily;
import igdrom.knowledge.VbtTrial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks that a VBT is one for the device, and that the GOP finds outputs in it.
///
/// @param known the device whose boards the VBT is for; null when it is unknown
/// @param onHost whether the facts are about a machine with this very device, so that a VBT of that
///   machine is right, however unusual its name
record VbtChecks(@Nullable Device known, boolean onHost, PlanLog log) {
    /// @param treatedAs the device itself, or a known one that stands in for it
    static VbtChecks of(PciId device, PciId treatedAs, @Nullable Snapshot host, PlanLog log) {
        boolean onHost = host != null && host.igd().id().value().filter(device::equals).isPresent();
        return new VbtChecks(Knowledge.device(treatedAs).orElse(null), onHost, log);
    }

    /// Whether boards with the device have VBTs with this name, as far as both are known.
    boolean fits(VbtHeader header) {
        Optional<VbtFamily> family = Knowledge.vbtFamily(header.platform());
        return family.isEmpty() || known == null || family.get().includes(known);
    }

    /// Refuses the VBT of another family.
    ///
    /// @param ofHost whether the VBT is that of the machine that the facts are about
    void family(VbtHeader header, String from, boolean ofHost) {
        if (fits(header) || known == null) {
            return;
        }
        String text =
                "the VBT of "
                        + from
                        + " is for "
                        + header.platform()
                        + " ("
                        + Knowledge.vbtFamily(header.platform()).orElseThrow().graphics()
                        + "), the device is "
                        + known.platform().codename();
        if (ofHost && onHost) {
            log.note(text + "; taken all the same, since it is this machine's");
        } else {
            log.conflict(Conflict.VBT_GENERATION, text);
        }
    }

    /// Refuses a VBT in which the GOP finds no outputs.
    ///
    /// @param gop null when the ROM has none
    void layout(@Nullable PlannedGop gop, Vbt vbt, String from) {
        Optional<VbtDefect> defect = VbtDefect.of(vbt);
        Optional<String> truncated = vbt.bdb().truncatedBlock();
        if (defect.isEmpty() && truncated.isPresent()) {
            log.warn("the VBT of " + from + ": " + truncated.get() + "; data of panels is lost");
        }
        if (defect.isPresent()) {
            defect(gop, defect.get(), from);
        } else if (gop != null && gop.gop().reads(vbt) instanceof VbtReading.Misread misread) {
            String text =
                    "GOP "
                            + gop.gop().version()
                            + " "
                            + misread
                            + "; use a VBT of the GOP's own firmware image";
            Remedy[] remedies = remedies(vbt, misread);
            if (misread.findsSome()) {
                log.warn(text, remedies);
            } else {
                log.conflict(Conflict.VBT_LAYOUT, text, remedies);
            }
        }
    }

    /// Offers to repack the VBT where that is possible.
    private static Remedy[] remedies(Vbt vbt, VbtReading.Misread misread) {
        try {
            VbtRepack.resize(vbt.body(), misread.assumedSize(), Location.root("VBT"));
            return new Remedy[] {Remedy.REPACK_VBT};
        } catch (VbtEditException | MalformedImageException _) {
            return new Remedy[0];
        }
    }

    private void defect(@Nullable PlannedGop gop, VbtDefect defect, String from) {
        String text = "no outputs can be read from the VBT of " + from + ": " + defect.text();
        if (gop == null) {
            log.warn(text + "; the guest's driver finds no display");
            return;
        }
        String version = gop.gop().version().toString();
        VbtTrial.Outcome seen =
                Knowledge.vbtTrial(version, defect.kind().id()).map(VbtTrial::outcome).orElse(null);
        String driver = "; GOP " + version;
        if (seen == VbtTrial.Outcome.GIVES_UP) {
            log.warn(text + driver + " gives up: no picture until the guest's own driver starts");
            return;
        }
        log.conflict(
                Conflict.VBT_LAYOUT,
                text
                        + (seen == VbtTrial.Outcome.HANGS
                                ? driver + " hangs the guest with such a VBT"
                                : seen == VbtTrial.Outcome.DRAWS
                                        ? driver
                                                + " draws all the same, but the guest's driver"
                                                + " finds no display"
                                        : "; some GOPs hang the guest with such a VBT"));
    }
}
