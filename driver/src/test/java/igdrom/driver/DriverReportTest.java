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
import java.util.List;
import org.junit.jupiter.api.Test;

class DriverReportTest {
    private static final Location LOCATION = Location.root("report");
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
        assertThat(device.is(Step.DEVICE)).isTrue();
        assertThat(device.is(Outcome.FOUND)).isTrue();
        assertThat(device.deviceId()).isEqualTo(PciId.intel(0x46d1));
        assertThat(device.isError()).isFalse();
        assertThat(REPORT.entries().get(2).isError()).isTrue();
    }

    @Test
    void report_reads_after_the_attributes_of_efivarfs() {
        Image file = new Emitter().u32(6).image(REPORT.image()).toImage();
        assertThat(read(file)).isEqualTo(REPORT);
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void numbers_of_a_later_driver_are_kept() {
        DriverReport later = new DriverReport(List.of(new Entry(99, 98, 0, -1, -2)), 0);
        assertThat(read(later.image())).isEqualTo(later);
        Entry entry = later.entries().getFirst();
        assertThat(entry.stepWord()).isNull();
        assertThat(entry.outcomeWord()).isNull();
        assertThat(entry.subject()).isEqualTo("step 99");
        assertThat(entry.sentence())
                .isEqualTo(
                        "outcome 98, 0xffffffffffffffff, 0xfffffffffffffffe (a later igdrom may"
                                + " know it)");
    }

    @Test
    void bytes_after_the_report_are_odd() {
        assertThat(read(new Emitter().image(REPORT.image()).fill(0, 5).toImage()))
                .isEqualTo(REPORT);
        assertThat(diagnostics.list())
                .extracting(Diagnostic::toString)
                .containsExactly("report +0x68: 0x5 bytes after the report");
    }

    @Test
    void file_that_is_not_a_report_is_refused() {
        refuses(Image.EMPTY, "report +0x0: Signature needs 0x8 bytes, 0x0 are left");
        refuses(
                Image.ofAscii("IGDRDATA"),
                "report +0x0: not the variable IgdromReport of a guest: Signature is not"
                        + " \"IGDRPORT\"");
        refuses(patched(8, "02"), "report +0x8: Version is 0x0002, expected 0x0001");
        refuses(patched(0xa, "21"), "report +0xa: HeaderSize is 0x0021, expected 0x0020");
        refuses(patched(0xc, "69"), "report +0xc: Size is 0x69, 3 entries need 0x68");
        refuses(patched(0xd, "20"), "report +0xc: Size is 0x2068, the maximum is 0xf20");
        refuses(patched(0x10, "ffff"), "report +0xc: Size is 0x68, 65535 entries need 0x180008");
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
    void ignored_step_is_not_a_problem() {
        assertThat(Entry.of("STOLEN", "PLACED", 1 << 20, 1 << 20).isProblem()).isFalse();
        assertThat(Entry.of("STOLEN", "DIFFERS", 0, 1 << 20).isProblem()).isTrue();
        int device = Step.DEVICE.number();
        long alreadyStarted = 0x8000_0014L;
        int ignored = Outcome.IGNORED.number();
        assertThat(new Entry(device, ignored, alreadyStarted, 0, 0).isProblem()).isFalse();
        assertThat(new Entry(device, 14, 0x8000_0003L, 0, 0).isProblem()).isTrue();
    }

    private DriverReport read(Image image) {
        return DriverReport.read(image, LOCATION, diagnostics);
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
