package igdrom.rom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Findings;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import igdrom.formats.pci.PciId;
import java.util.Optional;

class RomFuzzTest {
    private static final Place PLACE = Place.root("fuzz");

    /// What reads is what would be written.
    @FuzzTest(maxDuration = "5s")
    void report_reads_or_is_refused(byte[] bytes) {
        try {
            IgdromReport report = IgdromReport.read(Image.of(bytes), PLACE, new Findings());
            if (!IgdromReport.read(report.image(), PLACE, new Findings()).equals(report)) {
                throw new AssertionError("another report");
            }
        } catch (MalformedImageException _) {
            // A clear refusal.
        }
    }

    /// The checksum would keep a fuzzer out: it is made right.
    @FuzzTest(maxDuration = "5s")
    void driver_data_reads_or_is_refused(byte[] bytes) {
        try {
            DriverData data = DriverData.read(DriverDataTest.summed(Image.of(bytes)), PLACE);
            if (!DriverData.read(data.image(), PLACE).equals(data)) {
                throw new AssertionError("other data");
            }
        } catch (MalformedImageException _) {
            // A clear refusal.
        }
    }

    @FuzzTest(maxDuration = "5s")
    void rom_is_checked_or_refused(byte[] bytes) {
        try {
            RomChecks.of(Image.of(bytes), "fuzz", Optional.of(PciId.intel(0x46d1)));
        } catch (MalformedImageException _) {
            // A clear refusal.
        }
    }
}
