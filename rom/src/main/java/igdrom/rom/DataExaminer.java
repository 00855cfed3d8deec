package igdrom.rom;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.OpRegionRule;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.rom.Check.Verdict;
import java.util.ArrayList;
import java.util.List;

/// Checks the data of one system that the driver in a ROM reads.
final class DataExaminer {
    private final RomData data;
    private final Location opRegionLocation;
    private final List<Check> checks = new ArrayList<>();

    DataExaminer(RomData data, Location opRegionLocation) {
        this.data = data;
        this.opRegionLocation = opRegionLocation;
    }

    List<Check> examine() {
        checkOpRegion();
        checks.addAll(VbtEditExaminer.checks(data, opRegionLocation));
        if (data.stolen().base() != 0 || data.stolen().size() != 0) {
            String base = data.stolen().base() == 0 ? "any" : hex(data.stolen().base());
            add(Verdict.GOOD, "stolen", "base " + base + ", size " + hex(data.stolen().size()));
        }
        if (data.aslsAlways()) {
            add(
                    Verdict.NOTE,
                    "ASLS",
                    "written even where the hypervisor does not emulate it: the host then loses its"
                            + " own OpRegion until it is rebooted");
        }
        if (data.clearsDisplayState()) {
            add(
                    Verdict.NOTE,
                    "display state",
                    "what the host's firmware left is cleared: unproven on hardware");
        }
        checkTreatAs();
        if (data.policy().lid() != RomData.Lid.UNSPECIFIED) {
            boolean open = data.policy().lid() == RomData.Lid.OPEN;
            add(Verdict.GOOD, "lid", "reported to the GOP as " + (open ? "open" : "closed"));
        }
        if (data.policy().dock() != RomData.Dock.UNSPECIFIED) {
            boolean docked = data.policy().dock() == RomData.Dock.DOCKED;
            add(Verdict.GOOD, "dock", "reported to the GOP as " + (docked ? "" : "un") + "docked");
        }
        return checks;
    }

    /// Applies the driver's own rule, whose result would otherwise show only in a rule.
    private void checkOpRegion() {
        if (data.opRegion().isEmpty()) {
            add(
                    data.opRegionWins() ? Verdict.BAD : Verdict.NOTE,
                    "OpRegion",
                    "none embedded: the hypervisor must offer one");
            return;
        }
        OpRegionRule rule;
        try {
            rule = OpRegionRule.of(data.opRegion(), opRegionLocation);
        } catch (MalformedImageException e) {
            add(Verdict.BAD, "OpRegion", "embedded, but the driver refuses it: " + e.getMessage());
            return;
        }
        String message =
                "embedded, version "
                        + rule.header().versionText()
                        + ", "
                        + rule.image().size()
                        + " bytes";
        if (rule.vbt() == null) {
            add(Verdict.BAD, "OpRegion", message + ", without a VBT: a GOP gets no policy");
        } else {
            add(
                    Verdict.GOOD,
                    "OpRegion",
                    message
                            + ", with a VBT of "
                            + rule.vbt().size()
                            + (data.opRegionWins() ? ", preferred to the hypervisor's" : ""));
        }
        for (Diagnostic problem : rule.problems()) {
            add(rule.vbt() == null ? Verdict.BAD : Verdict.NOTE, "OpRegion", problem.toString());
        }
    }

    private void checkTreatAs() {
        if (data.treatAs() == 0) {
            return;
        }
        PciId id = PciId.intel(data.treatAs());
        Platform platform = Knowledge.platformOf(id).orElse(null);
        if (platform == null) {
            add(Verdict.BAD, "treated as", id + ", which the driver does not support");
        } else {
            add(Verdict.GOOD, "treated as", id + ", " + platform.codename());
        }
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private void add(Verdict verdict, String subject, String message) {
        checks.add(new Check(verdict, subject, message));
    }
}
