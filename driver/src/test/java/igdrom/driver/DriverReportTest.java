package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.DriverReport.Entry;
import igdrom.driver.DriverReport.Outcome;
import igdrom.driver.DriverReport.Step;
import igdrom.formats.pci.PciId;
import igdrom.testing.Bruises;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DriverReportTest {
    private static final Location PLACE = Location.root("report");
    static final DriverReport REPORT =
            new DriverReport(
                    List.of(
                            new Entry(1, 1, 0, 1, 1),
                            new Entry(2, 1, 0, 0x0300_000c_46d1_8086L, 0x10),
                            new Entry(6, 15, 0x8000_0009L, 0, 0x2000)),
                    3);

    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void report_reads_into_its_entries() {
        assertThat(read(REPORT.image())).isEqualTo(REPORT);
        assertThat(diagnostics.list()).isEmpty();
        Entry device = REPORT.entries().get(1);
        assertThat(device.step()).isEqualTo(Step.DEVICE);
        assertThat(device.outcome()).isEqualTo(Outcome.FOUND);
        assertThat(device.deviceId()).isEqualTo(PciId.intel(0x46d1));
        assertThat(device.isError()).isFalse();
        assertThat(REPORT.entries().get(2).isError()).isTrue();
    }

    @Test
    void report_reads_with_the_prefix_of_efivarfs() {
        Image file = new Emitter().u32(6).image(REPORT.image()).toImage();
        assertThat(read(file)).isEqualTo(REPORT);
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void numbers_that_a_later_driver_may_have_are_kept() {
        DriverReport later = new DriverReport(List.of(new Entry(99, 98, 0, -1, -2)), 0);
        assertThat(read(later.image())).isEqualTo(later);
        assertThat(later.entries().getFirst().step()).isNull();
        assertThat(later.entries().getFirst().outcome()).isNull();
    }

    @Test
    void bytes_behind_it_are_odd() {
        assertThat(read(new Emitter().image(REPORT.image()).fill(0, 5).toImage()))
                .isEqualTo(REPORT);
        assertThat(diagnostics.list())
                .extracting(Diagnostic::toString)
                .containsExactly("report +0x68: 0x5 bytes behind the report");
    }

    @Test
    void what_is_no_report_is_refused() {
        refuses(Image.EMPTY, "report +0x0: Signature needs 0x8 bytes, 0x0 are left");
        refuses(Image.ofAscii("IGDRDATA"), "report +0x0: Signature is not \"IGDRPORT\"");
        refuses(patched(8, "02"), "report +0x8: Version is 0x0002, expected 0x0001");
        refuses(patched(0xa, "21"), "report +0xa: HeaderSize is 0x0021, expected 0x0020");
        refuses(patched(0xc, "69"), "report +0xc: Size is 0x69, 3 entries take another");
        refuses(patched(0xd, "20"), "report +0xc: Size is 0x2068, the maximum is 0xf20");
        refuses(patched(0x10, "ffff"), "report +0xc: Size is 0x68, 65535 entries take another");
        refuses(patched(0x14, "19"), "report +0x14: EntrySize is 0x0019, expected 0x0018");
        refuses(
                REPORT.image().slice(0, 0x67),
                "report +0x60: Detail needs 0x8 bytes, 0x7 are left");
    }

    @Test
    void every_bruise_reads_or_is_refused() {
        Bruises.all(REPORT.image(), this::read);
    }

    @Test
    void numbers_are_those_of_the_driver() throws IOException {
        Path header = Path.of(System.getProperty("basedir", "."), "../driver/src/main/c/report.h");
        String text = Files.readString(header);
        List<String> steps = new ArrayList<>();
        for (Step step : Step.values()) {
            steps.add(step.name() + " " + step.number());
        }
        List<String> outcomes = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            outcomes.add(outcome.name() + " " + outcome.number());
        }
        assertThat(numbers(text, "STEP_")).isEqualTo(steps);
        assertThat(numbers(text, "OUTCOME_")).isEqualTo(outcomes);
    }

    @Test
    void words_are_those_of_the_driver() throws IOException {
        Path source = Path.of(System.getProperty("basedir", "."), "../driver/src/main/c/report.c");
        String text = Files.readString(source).replaceAll("\"\\s+\"", "");
        StringBuilder steps = new StringBuilder("\"?");
        for (Step step : Step.values()) {
            steps.append("\\0").append(step.words());
        }
        StringBuilder outcomes = new StringBuilder("\"?");
        for (Outcome outcome : Outcome.values()) {
            outcomes.append("\\0").append(outcome.words());
        }
        assertThat(text).contains(steps.append("\";")).contains(outcomes.append("\";"));
    }

    private static List<String> numbers(String header, String prefix) {
        List<String> numbers = new ArrayList<>();
        Matcher matcher = Pattern.compile(prefix + "([A-Z_]+) = (\\d+),").matcher(header);
        while (matcher.find()) {
            numbers.add(matcher.group(1).toUpperCase(Locale.ROOT) + " " + matcher.group(2));
        }
        return numbers;
    }

    private DriverReport read(Image image) {
        return DriverReport.read(image, PLACE, diagnostics);
    }

    private void refuses(Image image, String message) {
        assertThatThrownBy(() -> read(image))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(message);
    }

    private static Image patched(long offset, String hex) {
        return new Emitter().image(REPORT.image()).patch(offset, Image.ofHex(hex)).toImage();
    }
}
