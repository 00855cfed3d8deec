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

/// Goes through what igdrom's driver is told of one system.
final class DataExaminer {
    private final RomData data;
    private final Location opRegionPlace;
    private final List<Check> checks = new ArrayList<>();

    DataExaminer(RomData data, Location opRegionPlace) {
        this.data = data;
        this.opRegionPlace = opRegionPlace;
    }

    List<Check> examine() {
        opRegion();
        if (data.stolenBase() != 0 || data.stolenSize() != 0) {
            String base = data.stolenBase() == 0 ? "any" : hex(data.stolenBase());
            add(Verdict.GOOD, "stolen", "base " + base + ", size " + hex(data.stolenSize()));
        }
        treatedAs();
        if (data.lid() != RomData.Lid.NOT_SAID) {
            boolean open = data.lid() == RomData.Lid.OPEN;
            add(Verdict.GOOD, "lid", "the GOP is told that it is " + (open ? "open" : "closed"));
        }
        if (data.dock() != RomData.Dock.NOT_SAID) {
            boolean docked = data.dock() == RomData.Dock.DOCKED;
            add(
                    Verdict.GOOD,
                    "dock",
                    "the GOP is told that it is " + (docked ? "" : "un") + "docked");
        }
        return checks;
    }

    /// As the driver sees it, which otherwise says nothing until a guest runs.
    private void opRegion() {
        if (data.opRegion().isEmpty()) {
            add(
                    data.opRegionWins() ? Verdict.BAD : Verdict.NOTE,
                    "OpRegion",
                    "none embedded: the hypervisor has to offer it");
            return;
        }
        OpRegionRule guest;
        try {
            guest = OpRegionRule.of(data.opRegion(), opRegionPlace);
        } catch (MalformedImageException e) {
            add(
                    Verdict.BAD,
                    "OpRegion",
                    "embedded, the driver does not take it: " + e.getMessage());
            return;
        }
        String words =
                "embedded, version "
                        + guest.header().versionText()
                        + ", "
                        + guest.image().size()
                        + " bytes";
        if (guest.vbt() == null) {
            add(Verdict.BAD, "OpRegion", words + ", without a VBT: a GOP gets no policy");
        } else {
            add(
                    Verdict.GOOD,
                    "OpRegion",
                    words
                            + ", with a VBT of "
                            + guest.vbt().size()
                            + (data.opRegionWins() ? ", wins over the hypervisor's" : ""));
        }
        for (Diagnostic problem : guest.problems()) {
            add(guest.vbt() == null ? Verdict.BAD : Verdict.NOTE, "OpRegion", problem.toString());
        }
    }

    private void treatedAs() {
        if (data.treatAs() == 0) {
            return;
        }
        PciId id = PciId.intel(data.treatAs());
        Platform platform = Knowledge.platformOf(id).orElse(null);
        if (platform == null) {
            add(Verdict.BAD, "treated as", id + ", which the driver does not know");
        } else {
            add(Verdict.GOOD, "treated as", id + ", " + platform.codename());
        }
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private void add(Verdict verdict, String subject, String words) {
        checks.add(new Check(verdict, subject, words));
    }
}
