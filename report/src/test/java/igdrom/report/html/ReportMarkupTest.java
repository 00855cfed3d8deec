package igdrom.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.firmware.Artifact;
import igdrom.formats.pci.PciId;
import igdrom.report.Answers;
import igdrom.report.DoctorReport;
import igdrom.report.ImageReport;
import igdrom.report.PageReport;
import igdrom.report.TestCause;
import igdrom.report.TestReport;
import igdrom.report.TestReports;
import igdrom.report.TestWording;
import igdrom.report.html.Markup.Element;
import igdrom.report.html.Markup.Text;
import igdrom.samples.SampleFlash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ReportMarkupTest {
    private static final int RUN = 24;

    @Test
    void an_image_begins_with_its_answer() {
        assertThat(words(TestReports.flash(TestReports.ADL_N)))
                .startsWith("YES", "This BIOS has a GOP for 8086:46d1 (Alder Lake-N): 21.0.1066.");
        assertThat(words(TestReports.flash(PciId.intel(0x46d4))))
                .startsWith(
                        "NO",
                        "Because its GOP 21.0.1066 does not list 46d4, only 46d0, 46d1 and 46d2.")
                .contains("a newer BIOS of the board");
    }

    @Test
    void cards_name_devices_processors_and_outputs() {
        List<String> words = words(TestReports.flash(TestReports.ADL_N));
        assertThat(words)
                .contains("GOP 21.0.1066", "For Alder Lake-N.", "3 devices", "8086:46d1")
                .contains("VBT ALDERLAKE-P", "eDP-A", "HDMI-B", "VGA BIOS")
                .anyMatch(text -> text.contains("N100"))
                .anyMatch(text -> text.contains("1920x1080@60"));
    }

    @Test
    void many_artifacts_are_folded() {
        assertThat(words(TestReports.manyGops())).contains("3 more GOPs");
    }

    @Test
    void the_map_is_drawn_to_scale_and_marks_what_was_found() {
        ImageReport report = TestReports.flash(null);
        List<Element> rectangles =
                elements(ReportMarkup.of(report, new TestWording()), "rect"::equals);
        assertThat(rectangles)
                .extracting(one -> one.attributes().get("class"))
                .contains("region bios", "volume", "find-gop", "find-vbt", "find-vga-bios");
        Element bios =
                rectangles.stream()
                        .filter(one -> "region bios".equals(one.attributes().get("class")))
                        .findFirst()
                        .orElseThrow();
        // The BIOS region of the sample begins after the descriptor, and goes to the end.
        String label = text(bios);
        long start = Long.parseLong(label.replaceAll(".*0x([0-9a-f]+),.*", "$1"), 16);
        assertThat(bios.attributes())
                .containsEntry("x", Long.toString(start * 10_000 / report.size()))
                .containsEntry(
                        "width", Long.toString((report.size() - start) * 10_000 / report.size()));
    }

    @Test
    void a_file_without_volumes_has_no_map() {
        assertThat(
                        elements(
                                ReportMarkup.of(TestReports.archive(), new TestWording()),
                                "svg"::equals))
                .isEmpty();
    }

    @Test
    void a_rom_has_its_checks_decisions_and_next_steps() {
        assertThat(words(TestReports.romCheck())).contains("LPC bridge", "good");
        assertThat(words(TestReports.build()))
                .startsWith("DONE")
                .contains("Decisions", "stolen memory", "Next")
                .anyMatch(text -> text.contains("romfile=igd.rom"))
                .contains("The ROM contains Intel's GOP: do not publish this file.");
        assertThat(words(TestReports.refusal()))
                .startsWith("NO ROM")
                .anyMatch(text -> text.contains("<allow GOP_DEVICE>"));
    }

    @Test
    void a_test_has_its_verdict_checks_and_picture() {
        assertThat(words(TestReports.test(true))).startsWith("PASS", "All 2 checks passed.");
        assertThat(words(TestReports.test(false)))
                .startsWith("FAIL")
                .contains("Likely cause", "Next", "stolen.bdsm", "failed", "Assumed");
        TestCause cause = TestCause.of("OVERDRAW", "x");
        assertThat(words(TestReports.test(TestReport.Verdict.DRAWS, cause)))
                .startsWith("DRAWS, BUT", "1 of 2 checks failed.");
        Image png = Image.ofHex("89504e47");
        List<Markup> page = ReportMarkup.of(TestReports.test(true), png, new TestWording());
        assertThat(elements(page, "img"::equals).getFirst().attributes())
                .containsEntry("src", "data:image/png;base64,iVBORw==");
    }

    @Test
    void a_host_has_its_verdict_its_modes_its_checks_and_what_to_do() {
        List<String> words = words(TestReports.doctor());
        assertThat(words)
                .startsWith("CANNOT TELL", "Not known yet: iommu.", "pasted")
                .contains("Ways to a picture", "picture before the OS", "Next", "Checks", "device");
        List<Element> marks =
                elements(ReportMarkup.of(TestReports.doctor(), new TestWording()), "td"::equals)
                        .stream()
                        .filter(cell ->
                                cell.attributes().getOrDefault("class", "").startsWith("mark"))
                        .toList();
        assertThat(marks).extracting(ReportMarkupTest::text).contains("ok", "unknown");
    }

    @Test
    void what_the_owner_pasted_cannot_become_markup() {
        DoctorReport report = TestReports.doctor();
        DoctorReport hostile =
                new DoctorReport(
                        report.source(),
                        report.diagnosis(),
                        List.of(
                                new DoctorReport.ReadFile(
                                        "<b>\u202ex.txt", List.of(), "contains no facts")),
                        report.rom());
        String page = StaticPage.of("x", ReportMarkup.of(hostile, new TestWording()), "igdrom");
        assertThat(page)
                .contains("&lt;b&gt;\\u202ex.txt: contains no facts")
                .doesNotContain("<b>\u202e");
    }

    @Test
    void a_snapshot_has_its_facts_and_what_is_missing() {
        assertThat(words(TestReports.snapshot()))
                .startsWith("The snapshot", "host.json")
                .contains("8086:46d1 at 0000:00:02.0", "What it does not record")
                .anyMatch(text -> text.startsWith("OpRegion: "));
    }

    @Test
    void an_edited_vbt_has_its_answer() {
        assertThat(words(TestReports.vbtEdit("eDP-A")))
                .startsWith("DONE", "1 output is switched off in this VBT.");
    }

    @Test
    void a_page_holds_no_bytes_of_what_was_found() {
        ImageReport report = TestReports.flash(TestReports.ADL_N);
        String page =
                StaticPage.of("x", ReportMarkup.of(report, new TestWording()), "igdrom")
                        .toLowerCase(java.util.Locale.ROOT);
        List<Artifact> artifacts = new ArrayList<>(report.gops());
        artifacts.addAll(report.contents().vbts());
        artifacts.addAll(report.contents().vgaBioses());
        assertThat(artifacts).hasSize(3);
        for (Artifact artifact : artifacts) {
            byte[] bytes = artifact.bytes().toByteArray();
            for (int at = 0; at + RUN <= bytes.length; at += RUN) {
                byte[] run = java.util.Arrays.copyOfRange(bytes, at, at + RUN);
                if (new String(run, StandardCharsets.ISO_8859_1).isBlank() || isFiller(run)) {
                    continue;
                }
                assertThat(page)
                        .doesNotContain(HexFormat.of().formatHex(run))
                        .doesNotContain(
                                Base64.getEncoder()
                                        .encodeToString(run)
                                        .toLowerCase(java.util.Locale.ROOT))
                        .doesNotContain(new String(run, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static boolean isFiller(byte[] run) {
        for (byte each : run) {
            if (each != run[0]) {
                return false;
            }
        }
        return true;
    }

    @Test
    void a_name_cannot_become_markup_or_turn_the_direction_of_text() {
        String name = "<script>alert(1)</script>&\"\u202e.bin";
        ImageReport report =
                Answers.image(
                        name, SampleFlash.make(), null, igdrom.firmware.ArtifactFilter.EVERYTHING);
        List<Markup> markup = ReportMarkup.of(report, new TestWording());
        assertThat(StaticPage.of(name, markup, "igdrom"))
                .doesNotContain("<script", "\u202e")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;\\u202e.bin");
        assertThat(MarkupJson.of(markup).toString()).doesNotContain("\u202e");
    }

    @Test
    void a_static_page_can_load_nothing_and_runs_nothing() {
        String page = StaticPage.of("x", List.of(), "igdrom 1");
        assertThat(page)
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .contains("default-src 'none'", "form-action 'none'", "base-uri 'none'")
                .contains("Made by igdrom 1. Contains no firmware.")
                .doesNotContain("http://", "https://", "<script");
    }

    @Test
    void the_style_sheet_needs_no_escapes() {
        assertThat(StaticPage.styleSheet()).doesNotContainPattern("[\"&<>]").contains(".verdict");
    }

    private static List<String> words(PageReport report) {
        List<String> words = new ArrayList<>();
        for (Markup markup : ReportMarkup.of(report, new TestWording())) {
            addWords(markup, words);
        }
        return words;
    }

    private static void addWords(Markup markup, List<String> words) {
        switch (markup) {
            case Text(String text) -> words.add(text);
            case Element element -> element.children().forEach(child -> addWords(child, words));
        }
    }

    private static String text(Markup markup) {
        List<String> words = new ArrayList<>();
        addWords(markup, words);
        return String.join("", words);
    }

    private static List<Element> elements(List<Markup> markup, Predicate<String> named) {
        List<Element> found = new ArrayList<>();
        for (Markup one : markup) {
            if (one instanceof Element element) {
                if (named.test(element.name())) {
                    found.add(element);
                }
                found.addAll(elements(element.children(), named));
            }
        }
        return found;
    }
}
