package igdrom.rom;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.OpRegionRule;
import igdrom.driver.RomData;
import igdrom.formats.vbt.Output;
import igdrom.formats.vbt.Vbt;
import igdrom.formats.vbt.VbtEdit;
import igdrom.rom.Check.Verdict;
import java.util.ArrayList;
import java.util.List;

/// Reports how the VBT in a ROM differs from the board's: outputs that were switched off, and a VBT
/// that only the GOP gets.
final class VbtEditExaminer {
    private static final String SUBJECT = "VBT";

    private VbtEditExaminer() {}

    static List<Check> checks(RomData data, Location location) {
        List<Check> checks = new ArrayList<>();
        if (!data.originalVbt().isEmpty()) {
            checks.add(switchedOff(data, location));
        }
        if (!data.policy().vbt().isEmpty()) {
            checks.add(repacked(data.policy().vbt(), location));
        }
        return checks;
    }

    private static Check switchedOff(RomData data, Location location) {
        List<String> names = new ArrayList<>();
        try {
            Image edited = OpRegionRule.of(data.opRegion(), location).vbtBytes();
            if (edited == null) {
                return new Check(Verdict.BAD, SUBJECT, "edited, but the OpRegion has none");
            }
            for (Output output :
                    VbtEdit.missing(read(data.originalVbt(), location), read(edited, location))) {
                names.add(output.name());
            }
        } catch (MalformedImageException e) {
            return new Check(Verdict.BAD, SUBJECT, "edited, but malformed: " + e.getMessage());
        }
        String outputs = names.isEmpty() ? "no output" : String.join(", ", names);
        return new Check(
                Verdict.NOTE, SUBJECT, outputs + " switched off; the original can be restored");
    }

    private static Check repacked(Image vbt, Location location) {
        try {
            Vbt read = read(vbt, location);
            if (Vbt.wholeSize(vbt, location) != vbt.size()) {
                return new Check(Verdict.BAD, SUBJECT, "the GOP's own has bytes after its end");
            }
            return new Check(
                    Verdict.GOOD,
                    SUBJECT,
                    "the GOP gets one of its own, repacked to BDB " + read.bdb().version());
        } catch (MalformedImageException e) {
            return new Check(Verdict.BAD, SUBJECT, "the GOP's own is malformed: " + e.getMessage());
        }
    }

    private static Vbt read(Image vbt, Location location) {
        return Vbt.read(vbt, location, new Diagnostics());
    }
}
