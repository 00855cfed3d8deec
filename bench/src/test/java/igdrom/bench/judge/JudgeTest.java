package igdrom.bench.judge;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.MemoryMap;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.driver.DriverReport.Step;
import igdrom.formats.pci.PciId;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private final Guest guest = new Guest();

    @Test
    void verdict_on_a_guest_that_has_everything_passes() {
        Verdict verdict = guest.verdict();
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.checks())
                .extracting(check -> check.id() + ": " + check.evidence())
                .containsExactly(
                        "boot: the guest came up, firmware: EDK II",
                        "driver: 2 of the ROM's 2 UEFI images are loaded and stayed",
                        "asls: ASLS is 0x1f7e6000",
                        "opregion.below4g: 0x1f7e6000 to 0x1f7e8000",
                        "opregion.nvs: ACPI NVS",
                        "opregion.bytes: 8192 bytes, all as in etc/igd-opregion",
                        "opregion.header: version 2.1",
                        "opregion.vbt: 130 bytes, all as in etc/igd-opregion",
                        "bdsm: BDSM is 0x17b00000",
                        "bdsm.mirror: BAR0 shows 0x17b00000",
                        "stolen.size: 64 MiB by GGC: 0x17b00000 to 0x1bb00000 is reserved",
                        "stolen.below4g: ends at 0x1bb00000",
                        "policy: 1 PlatformGopPolicy",
                        "policy.vbt: GetVbtData returns the OpRegion's VBT, 130 bytes",
                        "report: IgdromReport has 8 entries, none dropped",
                        "report.steps: no step failed",
                        "report.true: the reported addresses are right",
                        "policy.asked: the GOP asked for lid, VBT",
                        "gop.started: a GOP drives 0000:00:02.0",
                        "gop.mode: mode 2 of 5: 800x600, frame buffer at 0x40000000",
                        "exit: ExitBootServices succeeds",
                        "exit.opregion: ASLS, the OpRegion and its memory are unchanged",
                        "exit.stolen: BDSM and stolen memory are unchanged",
                        "exit.report: IgdromReport is still there",
                        "gop.picture: 800x600, 4 colours");
        assertThat(verdict.notProved())
                .containsExactly(
                        "that stolen memory was zeroed: the GOP draws into it",
                        "what QEMU itself does for a passed-through IGD: this test emulates it",
                        "real hardware, and the drivers of the operating system");
    }

    @Test
    void guest_that_does_not_come_up_fails_without_other_checks() {
        guest.cameUp = false;
        Verdict verdict = guest.verdict();
        assertThat(verdict.checks())
                .containsExactly(
                        new Check("boot", false, "QEMU ended with code 1: no such machine"));
        assertThat(verdict.notProved()).contains("anything else: the guest did not get that far");
        assertThat(verdict.passed()).isFalse();
    }

    @Test
    void witness_that_dropped_records_fails() {
        guest.lost = 3;
        fails("boot", "the witness dropped records that did not fit: 3");
    }

    @Test
    void rom_that_was_not_started_fails() {
        guest.images = 0;
        fails("driver", "0 of the ROM's 2 UEFI images are loaded and stayed", "policy.asked");
    }

    @Test
    void missing_opregion_fails_when_no_source_has_one() {
        guest.opRegion = null;
        guest.asls = 0;
        guest.report = List.of();
        guest.igdromDriver = false;
        fails("asls", "no OpRegion: neither the ROM nor fw_cfg has one");
    }

    @Test
    void opregion_without_a_source_fails() {
        guest.opRegion = null;
        fails("asls", "ASLS is 0x1f7e6000, but neither the ROM nor fw_cfg has an OpRegion");
    }

    @Test
    void asls_that_was_not_set_fails() {
        guest.asls = 0;
        guest.igdromDriver = false;
        fails("asls", "ASLS is 0: the guest has no OpRegion");
    }

    @Test
    void asls_that_the_guest_reads_differently_fails() {
        guest.aslsInGuest = 0x1000;
        fails("asls", "the guest reads 0x1000 in ASLS, the device holds 0x1f7e6000");
    }

    @Test
    void opregion_beyond_4_gib_fails() {
        guest.asls = 0xffff_f000L;
        guest.aslsInGuest = guest.asls;
        guest.igdromDriver = false;
        fails("opregion.below4g", "0xfffff000 to 0x100001000", "opregion.nvs");
    }

    @Test
    void opregion_in_free_memory_fails() {
        guest.opRegionType = MemoryMap.CONVENTIONAL;
        fails("opregion.nvs", "conventional");
    }

    @Test
    void opregion_with_other_bytes_fails() {
        guest.memory = new Emitter().image(guest.memory).patch(0x300, Image.ofHex("99")).toImage();
        fails("opregion.bytes", "differs from etc/igd-opregion at +0x300");
    }

    @Test
    void opregion_with_an_invalid_header_fails() {
        guest.memory = patched(guest.memory, 0x10, "09");
        fails("opregion.header", "signature, size or version is invalid", "opregion.bytes");
    }

    @Test
    void opregion_whose_pointer_misses_the_vbt_fails() {
        guest.memory = patched(guest.memory, 0x400, "00000000");
        fails(
                "opregion.vbt",
                "the guest finds no VBT in mailbox 4 or where RVDA points",
                "opregion.bytes");
    }

    @Test
    void opregion_with_a_truncated_vbt_fails() {
        guest.memory = patched(guest.memory, 0x418, "ffff");
        fails(
                "opregion.vbt",
                "OpRegion/VBT@0x0 +0x18: the VBT is truncated: it has 0xffff"
                        + " bytes, 0x1c00 are left",
                "opregion.bytes");
    }

    @Test
    void opregion_with_another_vbt_fails() {
        guest.memory = patched(guest.memory, 0x440, "77");
        fails("opregion.vbt", "not the VBT of etc/igd-opregion", "opregion.bytes");
    }

    @Test
    void opregion_without_a_vbt_passes_when_its_source_has_none() {
        Image region = patched(Guest.region(), 0x400, "00000000");
        guest.opRegion = new Expectation.OpRegion(region, Image.EMPTY, "the ROM", 0);
        guest.memory = region;
        guest.policy = false;
        guest.gop = false;
        guest.images = 1;
        assertThat(guest.verdict().passed()).isTrue();
    }

    private static Image patched(Image image, long offset, String hex) {
        return new Emitter().image(image).patch(offset, Image.ofHex(hex)).toImage();
    }

    @Test
    void asls_that_points_nowhere_fails() {
        guest.memory = Image.EMPTY;
        fails("opregion.bytes", "ASLS does not point to memory");
    }

    @Test
    void preset_opregion_may_be_reserved_and_must_stay() {
        guest.opRegion = new Expectation.OpRegion(Guest.region(), Guest.VBT, "bhyve", Guest.ASLS);
        guest.opRegionType = MemoryMap.RESERVED;
        assertThat(guest.verdict().passed()).isTrue();
        assertThat(guest.verdict().checks())
                .contains(new Check("opregion.kept", true, "left at 0x1f7e6000"));
        guest.opRegion = new Expectation.OpRegion(Guest.region(), Guest.VBT, "bhyve", 0x1000_0000);
        fails("opregion.kept", "moved from 0x10000000 to 0x1f7e6000");
    }

    @Test
    void bdsm_that_was_not_set_fails() {
        guest.bdsm = 0;
        guest.igdromDriver = false;
        fails("bdsm", "BDSM is 0: the guest has no stolen memory");
    }

    @Test
    void bdsm_that_the_guest_reads_differently_fails() {
        guest.bdsmInGuest = 0;
        fails("bdsm", "the guest reads 0x0 in BDSM, the device holds 0x17b00000");
    }

    @Test
    void mirror_that_shows_something_else_fails() {
        guest.mirror = 0x1000_0000;
        fails("bdsm.mirror", "BAR0 shows 0x10000000");
    }

    @Test
    void stolen_memory_that_is_not_reserved_fails() {
        guest.stolenType = MemoryMap.CONVENTIONAL;
        fails("stolen.size", "64 MiB by GGC: 0x17b00000 to 0x1bb00000 is conventional");
    }

    @Test
    void stolen_memory_that_is_reserved_in_part_only_fails() {
        guest.stolen = new Expectation.Stolen(2 * Guest.SIZE, "GGC", 0, "", false);
        fails("stolen.size", "128 MiB by GGC: 0x17b00000 to 0x1fb00000 is reserved, ACPI NVS");
    }

    @Test
    void stolen_memory_beyond_4_gib_fails() {
        guest.bdsm = 0xff00_0000L;
        guest.bdsmInGuest = guest.bdsm;
        guest.mirror = guest.bdsm;
        guest.igdromDriver = false;
        fails("stolen.below4g", "ends at 0x103000000", "stolen.size");
    }

    @Test
    void stolen_memory_must_be_at_the_requested_address() {
        guest.stolen = new Expectation.Stolen(Guest.SIZE, "GGC", Guest.BDSM, "the ROM", false);
        assertThat(guest.verdict().checks())
                .contains(new Check("stolen.base", true, "0x17b00000, as the ROM says"));
        guest.stolen = new Expectation.Stolen(Guest.SIZE, "GGC", 0x1000_0000, "the ROM", false);
        fails("stolen.base", "0x17b00000, but the ROM says 0x10000000");
    }

    @Test
    void preset_stolen_memory_must_stay() {
        guest.stolen = new Expectation.Stolen(Guest.SIZE, "GGC", 0x1000_0000, "bhyve", true);
        fails("stolen.kept", "0x17b00000, but bhyve says 0x10000000");
    }

    @Test
    void stolen_memory_must_be_zeroed_without_a_gop() {
        guest.gop = false;
        guest.images = 1;
        assertThat(guest.verdict().checks())
                .contains(new Check("stolen.zeroed", true, "all zeros"));
        guest.contents = new Observations.Stolen.Filled(0x1234);
        fails("stolen.zeroed", "not 0 at +0x1234");
        guest.contents = new Observations.Stolen.Unread("no memory is at 0x17b00000");
        fails("stolen.zeroed", "no memory is at 0x17b00000");
    }

    @Test
    void stolen_memory_that_was_not_requested_fails() {
        guest.stolen = null;
        guest.igdromDriver = false;
        fails("bdsm", "no stolen memory is requested");
    }

    @Test
    void meteor_lake_needs_no_stolen_memory() {
        guest.id = PciId.intel(0x7d55);
        guest.stolen = null;
        guest.bdsm = 0;
        guest.igdromDriver = false;
        assertThat(guest.verdict().checks())
                .contains(new Check("bdsm", true, "Meteor Lake needs no stolen memory in a guest"));
    }

    @Test
    void stolen_memory_of_an_unknown_device_is_not_judged() {
        guest.id = PciId.intel(0x0001);
        guest.stolen = null;
        guest.igdromDriver = false;
        Verdict verdict = guest.verdict();
        assertThat(verdict.checks()).noneMatch(check -> check.id().startsWith("bdsm"));
        assertThat(verdict.notProved()).contains("stolen memory: 8086:0001 is an unknown device");
    }

    @Test
    void our_driver_leaves_an_unknown_device_alone() {
        guest.id = PciId.intel(0x0001);
        guest.stolen = null;
        fails("bdsm", "the device is unknown, but BDSM was written");
        guest.bdsm = 0;
        assertThat(guest.verdict().checks())
                .contains(new Check("bdsm", true, "the device is unknown, and BDSM is unchanged"));
    }

    @Test
    void policy_that_is_missing_fails() {
        guest.policy = false;
        fails("policy", "no PlatformGopPolicy is installed");
    }

    @Test
    void policy_without_a_vbt_fails() {
        guest.vbtStatus = 0x8000_0000_0000_000eL;
        fails("policy.vbt", "GetVbtData returns status 0x800000000000000e");
    }

    @Test
    void policy_with_too_short_a_vbt_fails() {
        guest.vbt = Image.EMPTY;
        fails("policy.vbt", "0 bytes at 0x1000, but the VBT has 130");
    }

    @Test
    void policy_with_another_vbt_fails() {
        guest.vbt = new Emitter().image(guest.vbt).patch(0x40, Image.ofHex("77")).toImage();
        fails("policy.vbt", "GetVbtData returns a VBT other than the OpRegion's");
    }

    @Test
    void policy_with_a_vbt_of_invalid_checksum_fails() {
        int sum = guest.vbt.u8(0x1a) ^ 1;
        Image wrong = new Emitter().u8(sum).toImage();
        guest.vbt = new Emitter().image(guest.vbt).patch(0x1a, wrong).toImage();
        fails("policy.vbt", "the VBT's checksum is wrong");
    }

    @Test
    void report_that_is_missing_fails() {
        guest.variableStatus = 0x8000_0000_0000_000eL;
        fails("report", "the variable IgdromReport is missing");
    }

    @Test
    void report_that_cannot_be_read_fails() {
        guest.variable = Image.ofAscii("IGDRPORT");
        fails("report", "IgdromReport +0x8: Version needs 0x2 bytes, 0x0 are left");
    }

    @Test
    void report_of_a_failed_step_fails() {
        guest.report.add(Guest.entry("VBT", "FAILED", 1, 2));
        fails("report.steps", "VBT: no memory for a copy of 0x2 bytes");
    }

    @Test
    void report_with_wrong_addresses_fails() {
        guest.report.add(Guest.entry("STOLEN", "PLACED", 0x1000_0000, Guest.SIZE));
        fails(
                "report.true",
                "0x1f7e6000 and 0x10000000 are reported, the registers hold 0x1f7e6000 and"
                        + " 0x17b00000");
    }

    @Test
    void gop_that_never_asked_for_the_policy_fails() {
        guest.report.removeIf(entry -> entry.is(Step.POLICY_ASKED));
        fails("policy.asked", "the GOP never asked for anything");
    }

    @Test
    void gop_that_did_not_ask_for_the_vbt_fails() {
        guest.report.removeLast();
        fails("policy.asked", "the GOP asked for lid");
    }

    @Test
    void question_from_outside_a_rom_does_not_count() {
        guest.report.removeIf(entry -> entry.is(Step.POLICY_ASKED));
        guest.report.add(Guest.entry("POLICY_ASKED", "DONE", Guest.GOP + 0x1000, 2));
        guest.report.add(Guest.entry("POLICY_ASKED", "DONE", Guest.GOP - 1, 2));
        fails("policy.asked", "the GOP never asked for anything");
    }

    @Test
    void report_on_another_device_fails() {
        guest.report.remove(1);
        fails("report.true", "the report has no entry for this device");
    }

    @Test
    void gop_that_did_not_start_fails() {
        guest.started = false;
        fails("gop.started", "no Graphics Output Protocol was found");
    }

    @Test
    void gop_without_a_mode_fails() {
        guest.modes = 2;
        fails("gop.mode", "mode 2 of 2: 800x600, frame buffer at 0x40000000");
    }

    @Test
    void gop_that_draws_nothing_fails() {
        guest.colours = 1;
        fails("gop.picture", "800x600, 1 colours");
        guest.colours = 0;
        fails("gop.picture", "the screen is off");
    }

    @Test
    void all_checks_are_repeated_after_a_reboot() {
        guest.looks = 2;
        assertThat(guest.verdict().passed()).isTrue();
        assertThat(guest.verdict().checks())
                .contains(new Check("reboot.asls", true, "ASLS is 0x1f7e6000"));
        guest.cameUpAgain = false;
        fails("reboot.boot", "QEMU ended with code 1: no such machine");
    }

    @Test
    void verdict_without_checks_does_not_pass() {
        assertThat(new Verdict(List.of(), List.of()).passed()).isFalse();
    }

    /// Exactly this check and `others` fail.
    private void fails(String id, String evidence, String... others) {
        Verdict verdict = guest.verdict();
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.checks()).contains(new Check(id, false, evidence));
        List<String> expected = new java.util.ArrayList<>(List.of(others));
        expected.add(id);
        assertThat(verdict.checks())
                .filteredOn(check -> !check.ok())
                .extracting(Check::id)
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
