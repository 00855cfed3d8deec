package igdrom.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.formats.pci.PciId;
import igdrom.report.Answer;
import igdrom.report.Detail;
import igdrom.report.Report;
import igdrom.report.TestCause;
import igdrom.report.TestReport;
import igdrom.report.TestReports;
import igdrom.report.TestWording;
import igdrom.report.text.StyledText.Span;
import org.junit.jupiter.api.Test;

class ReportTextTest {
    private static final TextLayout TERMINAL = new TextLayout(100, true, Detail.SUMMARY);
    private static final TextLayout ASCII = new TextLayout(0, false, Detail.ALL);

    @Test
    void image_begins_with_the_answer_and_lists_its_artifacts() {
        assertThat(text(TestReports.flash(null), TERMINAL).plain())
                .isEqualTo(
                        """
                        This BIOS has a GOP: 21.0.1066 for Alder Lake-N
                        dir/bios.bin: SPI flash with Intel descriptor, 1 MiB
                          GOP      21.0.1066, X64, 960 bytes, for Alder Lake-N
                          VBT      ALDERLAKE-P, BDB 250, 1.5 KiB
                          VGA BIOS 512 bytes, for 8086:46d0
                        """);
        assertThat(text(TestReports.flash(TestReports.ADL_N), TERMINAL).lines().getFirst().spans())
                .containsExactly(
                        new Span(Style.GOOD, "YES"),
                        new Span(
                                Style.PLAIN,
                                ": this BIOS has a GOP for 8086:46d1 (Alder Lake-N): 21.0.1066"));
        assertThat(
                        text(TestReports.flash(PciId.intel(0x46d4)), TERMINAL)
                                .lines()
                                .getFirst()
                                .spans())
                .containsExactly(
                        new Span(Style.BAD, "NO"),
                        new Span(
                                Style.PLAIN,
                                ", because its GOP 21.0.1066 does not list 46d4, only 46d0, 46d1"
                                        + " and 46d2; try a newer BIOS of the"));
    }

    @Test
    void all_details_of_an_image_are_ids_locations_hashes_and_the_tree() {
        assertThat(text(TestReports.flash(TestReports.ADL_N), ASCII).plain())
                .startsWith("YES: this BIOS has a GOP for 8086:46d1 (Alder Lake-N): 21.0.1066\n")
                .contains("\n           at bios.bin/")
                .contains("           for 8086:46d0 8086:46d1 8086:46d2\n")
                .contains("           yes for 8086:46d1: 21.0.1066 lists 46d1\n")
                .contains("           does not read the LPC bridge's id\n")
                .contains("           sha256 ")
                .contains("           recognised by: ")
                .contains("\n\n`- ");
    }

    @Test
    void problems_are_counted_or_shown() {
        assertThat(text(TestReports.flashWithEverything(), TERMINAL).plain())
                .endsWith("  5 problems found (<all> shows them)\n");
        assertThat(text(TestReports.flashWithEverything(), ASCII).plain())
                .contains("  odd      bios.bin +0x10: Checksum is 0x12, expected 0x34\n")
                .contains("  broken   bios.bin +0x20: Length is 0xffff, 0x10 are left\n")
                .contains("  3 more problems found\n")
                .contains("`- ")
                .doesNotContain("└");
    }

    @Test
    void problems_of_an_image_in_which_nothing_was_found_are_shown() {
        assertThat(text(TestReports.archive(), TERMINAL).plain())
                .isEqualTo(
                        """
                        This file is an archive; try to extract it, then to inspect the files in it
                        bios.zip: archive, 32 bytes
                          no GOP, no VBT, no VGA BIOS found
                          odd      bios.zip +0x0: this is a ZIP archive: extract it first, the firmware is a file in it
                        """);
    }

    @Test
    void first_of_many_artifacts_are_listed_and_the_others_counted() {
        assertThat(text(TestReports.manyGops(), TERMINAL).plain())
                .contains("\n           3 more GOPs (<all> shows them)\n");
        assertThat(text(TestReports.manyGops(), ASCII).plain()).doesNotContain("more GOPs");
    }

    @Test
    void gop_that_reads_the_bridge_lists_the_bridges_it_works_with() {
        assertThat(text(TestReports.gopsOfAllKinds(), ASCII).plain())
                .contains("           reads the LPC bridge's id by port I/O at +0x")
                .contains("           works with PCH ids 8086: ")
                .contains("           LPC bridge: only X64 drivers are supported\n");
    }

    @Test
    void tree_labels_are_cut_at_the_width() {
        TextLayout narrow = new TextLayout(40, true, Detail.ALL);
        assertThat(text(TestReports.flash(null), narrow).plain()).contains("…  0x");
    }

    @Test
    void extract_lists_the_paths_that_were_written() {
        assertThat(text(TestReports.extract(), TERMINAL).plain()).isEqualTo("parts/vbt.bin\n");
    }

    @Test
    void setup_lists_what_was_fetched_and_what_is_there() {
        assertThat(text(TestReports.setup(), TERMINAL).plain())
                .isEqualTo(
                        """
                        fetched 1 packages, 1 KiB, from http://127.0.0.1/debian
                        QEMU   10.1.0, /tools/qemu
                        OVMF   /tools/ovmf
                        Linux  /tools/vmlinuz
                        unusable: /usr/bin/qemu: is version 7.2
                        """);
    }

    @Test
    void vbt_has_its_outputs() {
        assertThat(text(TestReports.vbts(), TERMINAL).plain())
                .startsWith("VBT ALDERLAKE-P, BDB 250, ")
                .contains("  output 1  ")
                .contains("  output 2  HDMI-B  HDMI on ");
        assertThat(text(TestReports.vbts(), ASCII).plain()).contains("  block   2 ");
    }

    @Test
    void rom_that_was_built_has_decisions_and_next_steps() {
        assertThat(text(TestReports.build(), TERMINAL).plain())
                .startsWith(
                        "igd.rom: "
                                + ByteSize.of(TestReports.build().rom().size())
                                + " for 8086:46d1 (Alder Lake-N, Twin Lake), works on q35 and"
                                + " pc\n")
                .contains("  device         8086:46d1, Alder Lake-N, Twin Lake\n")
                .contains("                 (<DEVICE>)\n")
                .contains(
                        """
                          LPC bridge     8086:3481 Ice Point-LP
                                         (<LPC_BRIDGE>; put into the GOP, which does not support \
                        q35's own bridge,
                                         8086:2918)
                        """)
                .contains("  machine        q35 and pc\n")
                .contains("\nNext:\n  <verify igd.rom for 8086:46d1>\n")
                .contains("  in the guest: <report>\n")
                .endsWith("The ROM contains Intel's GOP: do not publish this file.\n");
    }

    @Test
    void refusal_has_problems_with_remedies_and_no_text() {
        assertThat(text(TestReports.refusal(), TERMINAL)).isEqualTo(StyledText.EMPTY);
        assertThat(TestReports.refusal().problems(new TestWording()))
                .containsExactly(
                        "GOP 21.0.1066 does not list 46d4, only 46d0, 46d1 and 46d2 (<allow"
                                + " GOP_DEVICE>)");
    }

    @Test
    void rom_checks_have_a_line_each() {
        assertThat(text(TestReports.romCheck(), TERMINAL).plain())
                .startsWith("dir/igd.rom: ")
                .contains("\n  good  ");
    }

    @Test
    void steps_of_the_driver_have_a_line_each() {
        assertThat(text(TestReports.driverSteps(), TERMINAL).plain())
                .isEqualTo(
                        """
                        IgdromReport: 3 steps of igdrom's driver
                          device: 8086:46d1 at 0000:00:02.0
                            stolen memory: no room (EFI status 0x8000000000000009)
                            step 99: outcome 98, 0x1, 0x2 (a later igdrom may know)
                          2 more did not fit into the report
                          odd: bios.bin +0x10: Checksum is 0x12, expected 0x34
                        no picture before the guest's own driver: the guest has no stolen memory
                          next: <STOLEN_SIZE>
                        """);
    }

    @Test
    void test_ends_with_its_verdict() {
        assertThat(text(TestReports.test(true), TERMINAL).plain())
                .isEqualTo(
                        """
                        igd.rom on a virtual 8086:46d1, Alder Lake-N, Twin Lake, machine q35 (as built)
                          ✓ opregion.asls     ASLS is 0x7bf00000
                          ✓ stolen.bdsm       BDSM is 0x7c800001
                          ? not proved: real silicon
                          picture written to shot.png
                        pass: all 2 checks passed
                        """);
    }

    @Test
    void failed_test_ends_with_the_likely_cause_and_what_to_try() {
        assertThat(text(TestReports.test(false), ASCII).plain())
                .isEqualTo(
                        """
                        igd.rom on a virtual 8086:46d1, Alder Lake-N, Twin Lake, machine pc with LPC bridge 8086:7000
                          assumed: an OpRegion: the ROM has none
                          + opregion.asls     ASLS is 0x7bf00000
                          x stolen.bdsm       BDSM is 0x7c800001
                          ? not proved: real silicon
                        fail: draws over the guest's memory at 0x0 (1 of 2 checks failed)
                          likely cause: the ROM sets up no stolen memory, or the GOP does not use it
                          next: <BUILD_ROM 8086:46d1 igd.rom>
                        """);
    }

    @Test
    void test_with_a_picture_that_fails_otherwise_names_the_checks() {
        TestReport report =
                TestReports.test(
                        TestReport.Verdict.DRAWS, TestCause.of("OUR_DRIVER", "stolen.bdsm: odd"));
        assertThat(text(report, ASCII).plain())
                .endsWith(
                        """
                        draws, but 1 of 2 checks failed: stolen.bdsm
                          likely cause: igdrom's driver does not do what it has to: a problem in igdrom
                          next: <REPORT_PROBLEM 8086:46d1 igd.rom>
                        """);
        assertThat(report.answer()).isEqualTo(Answer.NO);
    }

    @Test
    void test_that_was_not_finished_is_undecided() {
        TestReport report =
                TestReports.test(
                        TestReport.Verdict.UNDECIDED,
                        TestCause.of("TIME_LIMIT", "the time limit of 5 s ran out"));
        assertThat(text(report, ASCII).plain())
                .endsWith(
                        """
                        undecided: the time limit of 5 s ran out
                          likely cause: the time limit is too short for this machine, or the machine is busy
                          next: <MORE_TIME 8086:46d1 igd.rom>
                        """);
        assertThat(report.answer()).isEqualTo(Answer.UNDECIDED);
    }

    @Test
    void snapshot_names_the_missing_facts() {
        assertThat(text(TestReports.snapshot(), TERMINAL).plain())
                .isEqualTo(
                        """
                        host.json: 8086:46d1 at 0000:00:02.0
                          graphics: 64 MiB of stolen memory
                          missing: registers: config: root can read them
                          missing: OpRegion: i915_opregion: permission denied
                          missing: VBT: i915_vbt: permission denied
                          missing: holders of the framebuffer: a test: permission denied
                          missing: IOMMU: a test: permission denied
                          missing: ACPI table DMAR: a test: permission denied
                          missing: log of the kernel: a test: permission denied
                          removed: serial numbers, MAC addresses, UUIDs, labels, the host name (look through the rest before
                            you publish it)
                        """);
    }

    private static StyledText text(Report report, TextLayout layout) {
        return ReportText.of(report, layout, new TestWording());
    }
}
