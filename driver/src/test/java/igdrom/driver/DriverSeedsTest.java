package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The inputs that fuzzing starts from, renewed by `-Dgolden=write`.
class DriverSeedsTest {
    @Test
    void fuzzing_starts_from_files_that_igdrom_writes() throws IOException {
        Image report = DriverReportTest.REPORT.image();
        check("report_reads_or_is_refused", "report", report);
        Image prefixed = new Emitter().u32(6).image(report).toImage();
        check("report_reads_or_is_refused", "prefixed", prefixed);
        check("rom_data_reads_or_is_refused", "data", RomDataTest.DATA.image());
    }

    private static void check(String method, String name, Image built) throws IOException {
        String inputs = DriverFuzzTest.class.getName().replace('.', '/') + "Inputs";
        Path file = Path.of("src/test/resources", inputs, method, name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, built.toByteArray());
        }
        assertThat(Image.load(file)).as("%s, renewed by -Dgolden=write", file).isEqualTo(built);
    }
}
