package igdrom.rom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.pci.PciId;
import java.util.Optional;

class RomFuzzTest {
    private static final Location PLACE = Location.root("fuzz");

    /// What reads is what would be written.
    @FuzzTest(maxDuration = "5s")
    void report_reads_or_is_refused(byte[] bytes) {
        try {
            DriverReport report = DriverReport.read(Image.of(bytes), PLACE, new Diagnostics());
            if (!DriverReport.read(report.image(), PLACE, new Diagnostics()).equals(report)) {
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
            RomData data = RomData.read(RomDataTest.summed(Image.of(bytes)), PLACE);
            if (!RomData.read(data.image(), PLACE).equals(data)) {
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
