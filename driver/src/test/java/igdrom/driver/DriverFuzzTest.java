package igdrom.driver;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class DriverFuzzTest {
    private static final Location LOCATION = Location.root("fuzz");

    /// A report that reads is written back as it was.
    @FuzzTest(maxDuration = "5s")
    void report_reads_or_is_refused(byte[] bytes) {
        try {
            DriverReport report = DriverReport.read(Image.of(bytes), LOCATION, new Diagnostics());
            if (!DriverReport.read(report.image(), LOCATION, new Diagnostics()).equals(report)) {
                throw new AssertionError("another report");
            }
        } catch (MalformedImageException _) {
            // A clear refusal.
        }
    }

    /// The fuzzer cannot guess the checksum, so it is corrected first.
    @FuzzTest(maxDuration = "5s")
    void rom_data_reads_or_is_refused(byte[] bytes) {
        try {
            RomData data = RomData.read(RomDataTest.summed(Image.of(bytes)), LOCATION);
            if (!RomData.read(data.image(), LOCATION).equals(data)) {
                throw new AssertionError("other data");
            }
        } catch (MalformedImageException _) {
            // A clear refusal.
        }
    }
}
