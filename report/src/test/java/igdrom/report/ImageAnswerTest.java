package igdrom.report;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.ArtifactFilter;
import igdrom.firmware.Contents;
import igdrom.firmware.FileKind;
import igdrom.formats.pci.PciId;
import igdrom.samples.SampleFlash;
import igdrom.samples.SampleGop;
import igdrom.samples.SampleOpRegion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImageAnswerTest {
    private static final PciId TWIN_LAKE = PciId.intel(0x46d4);
    private static final PciId COFFEE_LAKE = PciId.intel(0x3e92);

    @Test
    void gop_for_the_device_is_a_yes_with_its_version() {
        assertThat(answer(TestReports.flash(TestReports.ADL_N)))
                .isEqualTo(
                        new ImageAnswer(
                                TestReports.ADL_N,
                                true,
                                "this BIOS has a GOP for 8086:46d1 (Alder Lake-N): 21.0.1066",
                                List.of()));
    }

    @Test
    void gop_of_the_platform_that_does_not_list_the_device_needs_a_newer_bios() {
        assertThat(answer(TestReports.flash(TWIN_LAKE)))
                .isEqualTo(
                        new ImageAnswer(
                                TWIN_LAKE,
                                false,
                                "its GOP 21.0.1066 does not list 46d4, only 46d0, 46d1 and 46d2",
                                List.of("a newer BIOS of the board")));
    }

    @Test
    void gop_of_another_platform_needs_the_bios_of_another_board() {
        assertThat(answer(TestReports.flash(COFFEE_LAKE)))
                .isEqualTo(
                        new ImageAnswer(
                                COFFEE_LAKE,
                                false,
                                "its GOP 21.0.1066 is for Alder Lake-N, not for 8086:3e92 (Coffee"
                                        + " Lake)",
                                List.of("the BIOS of a board with 8086:3e92")));
    }

    @Test
    void unknown_device_leads_to_its_id() {
        ImageAnswer answer = answer(TestReports.flash(PciId.intel(0xffff)));
        assertThat(answer.yes()).isFalse();
        assertThat(answer.remedies()).containsExactly("the id that lspci -nn -s 02.0 shows");
    }

    @Test
    void several_gops_are_counted_with_their_platforms() {
        ImageReport two = twoGops(null);
        assertThat(answer(two).statement())
                .isEqualTo(
                        "this BIOS has 2 GOPs: 21.0.1066 for Alder Lake-N; 9.0.1107 for Kaby"
                                + " Lake");
        assertThat(answer(twoGops(COFFEE_LAKE)))
                .isEqualTo(
                        new ImageAnswer(
                                COFFEE_LAKE,
                                false,
                                "none of its 2 GOPs lists 8086:3e92 (Coffee Lake); they are for"
                                        + " Alder Lake-N, Kaby Lake",
                                List.of("the BIOS of a board with 8086:3e92")));
        assertThat(answer(twoGops(PciId.intel(0x5912))).statement())
                .isEqualTo("this BIOS has a GOP for 8086:5912 (Kaby Lake): 9.0.1107");
    }

    @Test
    void driver_by_itself_is_a_gop_and_its_architecture_matters() {
        ImageReport report = TestReports.gopsOfAllKinds();
        assertThat(answer(report).statement())
                .isEqualTo(
                        "this EFI program is a GOP: 21.0.1066 for Alder Lake-N; 21.?.1066 (IA32,"
                                + " which an X64 guest cannot start) for Alder Lake-N");
    }

    @Test
    void vga_bios_of_another_platform_is_of_no_use() {
        PciId ivyBridge = PciId.intel(0x156);
        ImageReport flash = TestReports.flash(ivyBridge).withGops(List.of());
        assertThat(answer(flash))
                .isEqualTo(
                        new ImageAnswer(
                                ivyBridge,
                                false,
                                "this BIOS has no Intel GOP, and its VGA BIOS is for 8086:46d0, not"
                                        + " for 8086:0156 (Ivy Bridge)",
                                List.of("the BIOS of a board with 8086:0156")));
    }

    @Test
    void image_without_a_gop_says_what_it_has_instead() {
        ImageReport flash = TestReports.flash(TestReports.ADL_N).withGops(List.of());
        assertThat(answer(flash))
                .isEqualTo(
                        new ImageAnswer(
                                TestReports.ADL_N,
                                false,
                                "this BIOS has no Intel GOP, only a legacy VGA BIOS",
                                List.of(
                                        "another version of the BIOS",
                                        "a guest with SeaBIOS and the VGA BIOS in its ROM"
                                                + " (<vbios>)")));
        Contents all = flash.contents();
        Contents vbts =
                new Contents(
                        all.kind(), all.tree(), List.of(), all.vbts(), List.of(), List.of(), 0);
        assertThat(answer(with(flash, vbts)))
                .isEqualTo(
                        new ImageAnswer(
                                TestReports.ADL_N,
                                false,
                                "this BIOS has a VBT but no GOP that igdrom recognises",
                                List.of(
                                        "a ROM without a GOP (<WITHOUT_GOP>): the guest has a"
                                                + " picture once its own driver starts")));
        Contents nothing =
                new Contents(all.kind(), all.tree(), List.of(), List.of(), List.of(), List.of(), 0);
        assertThat(answer(with(flash, nothing)))
                .isEqualTo(
                        new ImageAnswer(
                                TestReports.ADL_N,
                                false,
                                "this BIOS has no Intel GOP",
                                List.of(
                                        "another version of the BIOS",
                                        "the BIOS of another board with this GPU")));
        Contents damaged =
                new Contents(
                        all.kind(),
                        all.tree(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(Diagnostic.broken(Location.root("bios.bin"), 0, "cut")),
                        0);
        assertThat(answer(with(flash, damaged)))
                .isEqualTo(
                        new ImageAnswer(
                                TestReports.ADL_N,
                                false,
                                "this BIOS is damaged, and the parts that igdrom can read have no"
                                        + " Intel GOP",
                                List.of("to download or dump it again")));
    }

    @Test
    void image_of_panther_lake_without_a_gop_says_that_this_is_usual() {
        ImageReport table = image("vbt.bin", SampleOpRegion.vbt("PANTHERLAKE"), null);
        Contents all = table.contents();
        Contents bios =
                new Contents(
                        FileKind.FLASH, all.tree(), List.of(), all.vbts(), List.of(), List.of(), 0);
        assertThat(answer(with(table, bios)).statement())
                .isEqualTo(
                        "this BIOS has a VBT but no GOP, like all images for Panther Lake that"
                                + " igdrom has seen");
    }

    @Test
    void other_files_say_what_they_are() {
        Image vbt = SampleOpRegion.vbt("SKYLAKE");
        assertThat(ImageAnswer.of(image("a", vbt, null), new TestWording())).isEmpty();
        assertThat(answer(image("a", vbt, TWIN_LAKE)).statement())
                .isEqualTo("this file is only a VBT");
        assertThat(answer(image("a", SampleFlash.make().slice(0, 4096), null)).statement())
                .isEqualTo("this file is only the descriptor of a flash");
        assertThat(answer(TestReports.archive()).statement()).isEqualTo("this file is an archive");
        assertThat(answer(image("a", Image.ofHex("00".repeat(64)), null)).statement())
                .isEqualTo("this file is in no format that igdrom reads");
    }

    private static ImageReport twoGops(@Nullable PciId device) {
        ImageReport report = TestReports.flash(device);
        Image other = SampleGop.driver(9, 0, 1107, List.of(PciId.intel(0x5912))).raw();
        List<GopDriver> gops = new ArrayList<>(report.gops());
        gops.addAll(image("b", other, null).gops());
        return report.withGops(gops);
    }

    private static ImageReport image(String name, Image image, @Nullable PciId device) {
        return Answers.image(name, image, device, ArtifactFilter.EVERYTHING);
    }

    private static ImageReport with(ImageReport report, Contents contents) {
        return new ImageReport(
                report.file(),
                report.size(),
                null,
                contents,
                contents.gops(),
                report.device(),
                List.of());
    }

    private static ImageAnswer answer(ImageReport report) {
        return ImageAnswer.of(report, new TestWording()).orElseThrow();
    }
}
