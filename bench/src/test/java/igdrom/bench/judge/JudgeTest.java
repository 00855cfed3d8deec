package igdrom.bench.judge;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.MemoryMap;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.driver.DriverReport.Entry;
import igdrom.driver.DriverReport.Step;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.virtualigd.Activity;
import java.util.List;
import java.util.OptionalLong;
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
                        "opregion.aligned: begins on a page",
                        "opregion.below4g: 0x1f7e6000 to 0x1f7e8000",
                        "opregion.nvs: ACPI NVS",
                        "opregion.bytes: 8192 bytes, all as in etc/igd-opregion",
                        "opregion.header: version 2.1",
                        "opregion.vbt: 130 bytes, all as in etc/igd-opregion",
                        "bdsm: BDSM is 0x17b00000",
                        "bdsm.flags: the bits below 1 MiB are clear",
                        "bdsm.mirror: BAR0 shows 0x17b00000",
                        "stolen.size: 64 MiB by GGC: 0x17b00000 to 0x1bb00000 is reserved",
                        "stolen.below4g: ends at 0x1bb00000",
                        "stolen.memory: the guest's memory: its first and last page and some in"
                                + " between keep what is written",
                        "stolen.zeroed: all zeros",
                        "driver.writes: no register but ASLS, BDSM and the command register was"
                                + " written",
                        "policy: 1 PlatformGopPolicy",
                        "policy.vbt: GetVbtData returns the OpRegion's VBT, 130 bytes",
                        "policy.memory: the VBT at 0x1e800000 is in memory of type: boot services"
                                + " data",
                        "policy.revision: Revision is 0x1",
                        "policy.lid: lid: open, as in the ROM's data",
                        "policy.dock: dock: undocked, as in the ROM's data",
                        "report: IgdromReport has 12 entries, none dropped",
                        "report.steps: no step failed",
                        "report.true: device, generation, addresses and sizes in the report are"
                                + " right",
                        "policy.asked: the GOP asked for lid, VBT",
                        "gop.started: a GOP drives 0000:00:02.0",
                        "gop.mode: mode 2 of 5: 800x600, frame buffer at 0x40000000",
                        "exit: ExitBootServices succeeds",
                        "exit.opregion: ASLS, the OpRegion and its memory are unchanged",
                        "exit.stolen: BDSM and stolen memory are unchanged",
                        "exit.report: IgdromReport is still there",
                        "gop.picture: 800x600, not all of one colour",
                        "gop.stolen: all 2 pages of the picture are in stolen memory, by the page"
                                + " table");
        assertThat(verdict.notProved())
                .containsExactly(
                        "that the driver leaves the other registers alone once it has set ASLS"
                                + " and BDSM: the GOP writes to them too",
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
        guest.report.removeIf(entry -> entry.is(Step.VBT) || entry.is(Step.GOP_POLICY));
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
        fails("bdsm", "BDSM is 0: the guest has no stolen memory", "gop.stolen");
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
        fails(
                "stolen.size",
                "128 MiB by GGC: 0x17b00000 to 0x1fb00000 is reserved, boot services data, ACPI"
                        + " NVS",
                "report.true");
    }

    @Test
    void stolen_memory_beyond_4_gib_fails() {
        guest.bdsm = 0xff00_0000L;
        guest.bdsmInGuest = guest.bdsm;
        guest.mirror = guest.bdsm;
        guest.igdromDriver = false;
        fails("stolen.below4g", "ends at 0x103000000", "stolen.size", "gop.stolen");
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
    void preset_stolen_memory_must_not_be_cleared() {
        guest.stolen = new Expectation.Stolen(Guest.SIZE, "GGC", Guest.BDSM, "bhyve", true);
        fails("stolen.untouched", "all zeros: what the hypervisor had set up was cleared");
        guest.contents = new Observations.Stolen.Filled(0, true);
        assertThat(guest.verdict().passed()).isTrue();
    }

    @Test
    void stolen_memory_must_be_zeroed() {
        guest.contents = new Observations.Stolen.Filled(0x1234, true);
        fails("stolen.zeroed", "holds at +0x1234 what was in memory before");
        guest.contents = new Observations.Stolen.Unread("no memory at 0x17b00000");
        fails("stolen.zeroed", "no memory at 0x17b00000");
    }

    @Test
    void stolen_memory_may_hold_something_only_after_a_gop_drew_or_when_it_is_preset() {
        guest.contents = new Observations.Stolen.Filled(0x1234, false);
        assertThat(guest.verdict().passed()).isTrue();
        assertThat(guest.verdict().notProved())
                .contains("that stolen memory was zeroed: the GOP draws into it");
        guest.gop = false;
        guest.started = false;
        guest.images = 1;
        fails("stolen.zeroed", "not 0 at +0x1234");
        guest.stolen = new Expectation.Stolen(Guest.SIZE, "GGC", Guest.BDSM, "bhyve", true);
        assertThat(guest.verdict().passed()).isTrue();
        assertThat(guest.verdict().notProved())
                .contains("that stolen memory was zeroed: the hypervisor has set it up");
    }

    @Test
    void stolen_memory_must_be_memory() {
        guest.notMemory = "no memory at 0xe0000000";
        fails("stolen.memory", "no memory at 0xe0000000");
    }

    @Test
    void flags_in_bdsm_fail() {
        guest.bdsm = Guest.BDSM | 0xffffe;
        guest.bdsmInGuest = guest.bdsm;
        fails("bdsm.flags", "0xffffe is set below 1 MiB; bit 0 locks the register on hardware");
    }

    @Test
    void opregion_that_does_not_begin_on_a_page_fails() {
        guest.asls = Guest.ASLS + 1;
        guest.aslsInGuest = guest.asls;
        fails(
                "opregion.aligned",
                "0x1f7e6001 is not the beginning of a page",
                "opregion.nvs",
                "report.true");
    }

    @Test
    void picture_outside_stolen_memory_fails() {
        guest.pages = List.of(Guest.BDSM, Guest.ASLS);
        fails(
                "gop.stolen",
                "draws over the guest's memory at 0x1f7e6000, outside the stolen memory of the"
                        + " guest (0x17b00000 to 0x1bb00000)");
        guest.pages = List.of(Guest.BDSM + Guest.SIZE);
        fails(
                "gop.stolen",
                "draws where the guest has no memory at 0x1bb00000, outside the stolen memory of"
                        + " the guest (0x17b00000 to 0x1bb00000)");
        guest.pages = List.of(Guest.BDSM, -1L);
        fails("gop.stolen", "the page table has no valid entry for a part of the picture");
    }

    @Test
    void picture_without_stolen_memory_is_drawn_over_the_first_page() {
        guest.bdsm = 0;
        guest.igdromDriver = false;
        guest.pages = List.of(0L, 0x1000L);
        fails(
                "gop.stolen",
                "draws over the guest's memory at 0x0, outside the stolen memory of the guest (it"
                        + " has none)",
                "bdsm");
    }

    @Test
    void gop_in_a_rom_that_seems_to_have_none_is_judged_by_what_it_does() {
        guest.gop = false;
        guest.images = 1;
        assertThat(guest.verdict().checks())
                .extracting(Check::id)
                .contains("gop.started", "gop.mode", "gop.picture", "gop.stolen");
        guest.pages = List.of(0L);
        assertThat(guest.verdict().passed()).isFalse();
    }

    @Test
    void writes_to_other_registers_of_the_device_fail() {
        for (Activity.Entry write :
                List.of(
                        Guest.config(0x54, 4, 0x31),
                        Guest.config(0x0c, 1, 0x10),
                        Guest.config(0x62, 1, 1),
                        Guest.config(0xe8, 2, 1),
                        Guest.config(0xd4, 2, 3),
                        Guest.config(0x3c, 1, 5))) {
            guest.writes.addFirst(write);
            fails(
                    "driver.writes",
                    "0x%x was written to config space at 0x%x"
                            .formatted(write.value(), write.offset()));
            guest.writes.removeFirst();
        }
        guest.writes.addFirst(new Activity.Entry(0, 0x45400, 4, true, 3));
        fails("driver.writes", "0x3 was written to BAR0 at 0x45400");
    }

    @Test
    void writes_of_a_gop_are_not_the_drivers() {
        guest.writes.add(new Activity.Entry(0, 0x45400, 4, true, 3));
        assertThat(guest.verdict().passed()).isTrue();
        guest.gop = false;
        guest.started = false;
        guest.images = 1;
        fails("driver.writes", "0x3 was written to BAR0 at 0x45400");
    }

    @Test
    void display_state_is_judged_where_the_rom_clears_it() {
        assertThat(guest.verdict().passed()).isTrue();
        guest.clearsDisplayState = true;
        fails(
                "display.state",
                "16384 page table entries do not lead to stolen memory; power that nobody requests:"
                        + " DBUF_CTL_S0");
        guest.display = Observations.DisplayState.CLEAR;
        assertThat(guest.verdict().passed()).isTrue();
    }

    @Test
    void writes_that_clear_the_display_state_need_a_rom_that_says_so() {
        guest.gop = false;
        guest.started = false;
        guest.images = 1;
        guest.display = Observations.DisplayState.CLEAR;
        guest.writes.add(new Activity.Entry(0, 0x45008, 4, true, 0xc000_0000L));
        guest.writes.add(new Activity.Entry(0, 0x80_0000, 8, true, Guest.BDSM | 1));
        fails(
                "driver.writes",
                "0xc0000000 was written to BAR0 at 0x45008; 0x17b00001 was written to BAR0 at"
                        + " 0x800000");
        guest.clearsDisplayState = true;
        assertThat(guest.verdict().passed()).isTrue();
        guest.writes.add(new Activity.Entry(0, 0x45008, 4, true, 0x4000_0000L));
        fails("driver.writes", "0x40000000 was written to BAR0 at 0x45008");
    }

    @Test
    void device_of_class_0380_needs_no_opregion() {
        guest.gop = false;
        guest.started = false;
        guest.images = 1;
        guest.policy = false;
        guest.opRegion = null;
        guest.asls = 0;
        guest.aslsInGuest = 0;
        assertThat(guest.verdict().checks())
                .contains(
                        new Check(
                                "asls", false, "no OpRegion: neither the ROM nor fw_cfg has one"));
        guest.secondary = true;
        assertThat(guest.verdict().checks())
                .contains(
                        new Check(
                                "asls",
                                true,
                                "no OpRegion, which is normal for a device of class 0380"));
    }

    @Test
    void many_writes_are_counted() {
        for (int i = 0; i < 10; i++) {
            guest.writes.addFirst(Guest.config(0x70 + i, 1, 1));
        }
        assertThat(guest.verdict().checks())
                .filteredOn(check -> check.id().equals("driver.writes"))
                .singleElement()
                .extracting(Check::evidence)
                .asString()
                .endsWith("; 6 more");
    }

    @Test
    void policy_whose_vbt_has_another_size_fails() {
        guest.vbt = new Emitter().image(Guest.VBT).fill(0, 4096).toImage();
        fails(
                "policy.vbt",
                "4226 bytes at 0x1e800000, but the OpRegion's VBT has 130",
                "report.true",
                "policy.memory");
    }

    @Test
    void policy_must_return_the_vbt_in_the_rom_that_is_for_the_gop() {
        Image other = Guest.VBT.slice(0, 120);
        guest.answers = new RomData.Policy(guest.answers.lid(), guest.answers.dock(), other);
        fails("policy.vbt", "130 bytes at 0x1e800000, but the VBT in the ROM for the GOP has 120");
    }

    @Test
    void policy_whose_vbt_is_in_free_memory_fails() {
        guest.policyType = MemoryMap.CONVENTIONAL;
        fails("policy.memory", "the VBT at 0x1e800000 is in memory of type: conventional");
    }

    @Test
    void policy_with_another_revision_fails() {
        guest.revision = 0xdead_beefL;
        fails("policy.revision", "Revision is 0xdeadbeef");
    }

    @Test
    void policy_that_reports_a_dock_of_its_own_fails() {
        guest.dockStatus = 0;
        fails("policy.dock", "dock: docked, but the ROM's data says undocked");
    }

    @Test
    void policy_that_turns_the_lid_around_fails() {
        guest.lid = 0;
        fails("policy.lid", "lid: closed, but the ROM's data says open");
        guest.lid = 7;
        fails("policy.lid", "lid: 0x7, but the ROM's data says open");
        guest.lidStatus = 0x8000_0000_0000_0003L;
        fails("policy.lid", "lid: no answer, but the ROM's data says open");
    }

    @Test
    void report_with_one_wrong_value_fails() {
        wrongReport(
                Guest.entry("VBT", "FOUND", 0x500, Guest.VBT.size()),
                "the VBT is not at the reported offset 0x500");
        wrongReport(
                Guest.entry("VBT", "FOUND", 0x400, 7), "size of the VBT is 0x82, reported is 0x7");
        wrongReport(
                Guest.entry("STOLEN_SIZE", "FROM_DEVICE", 1 << 20, 0),
                "wanted size of stolen memory is 0x4000000, reported is 0x100000");
        wrongReport(
                Guest.entry("STOLEN", "PLACED", Guest.BDSM, 1 << 20),
                "size of stolen memory is 0x4000000, reported is 0x100000");
        wrongReport(
                Guest.entry("GENERATION", "FOUND", 0x4c5450, 1200),
                "the generation is ADL-P, reported is \"PTL\"");
        wrongReport(
                Guest.entry("GOP_POLICY", "DONE", 0x1000, Guest.VBT.size()),
                "address of the policy's VBT is 0x1e800000, reported is 0x1000");
    }

    private void wrongReport(Entry entry, String problem) {
        guest.report.add(entry);
        fails("report.true", problem);
        guest.report.removeLast();
    }

    @Test
    void stolen_memory_that_was_not_requested_fails() {
        guest.stolen = null;
        guest.igdromDriver = false;
        fails(
                "bdsm",
                "BDSM was written, but the hypervisor or GGC has no stolen memory",
                "driver.writes",
                "gop.stolen");
    }

    @Test
    void policy_is_withheld_where_the_hypervisor_offers_no_stolen_memory() {
        guest.gop = false;
        guest.stolen = null;
        guest.bdsm = guest.bdsmInGuest = 0;
        guest.writes = List.of();
        guest.report.clear();
        guest.policy = false;
        assertThat(guest.verdict().checks())
                .contains(
                        new Check(
                                "policy.withheld",
                                true,
                                "no PlatformGopPolicy, so that a GOP gives up"),
                        new Check(
                                "bdsm",
                                true,
                                "BDSM is unchanged: the hypervisor and GGC ask for no stolen"
                                        + " memory"));
        guest.policy = true;
        assertThat(guest.verdict().checks())
                .contains(
                        new Check(
                                "policy.withheld",
                                false,
                                "a PlatformGopPolicy is installed, though the guest has no stolen"
                                        + " memory: a GOP draws over the host's addresses"));
    }

    @Test
    void meteor_lake_needs_no_stolen_memory() {
        guest.id = PciId.intel(0x7d55);
        guest.stolen = null;
        guest.bdsm = 0;
        guest.igdromDriver = false;
        fails(
                "bdsm",
                "Meteor Lake needs no stolen memory in a guest, but the registers of earlier"
                        + " platforms for it were written",
                "driver.writes");
        guest.writes.removeIf(write -> write.offset() == 0xc0);
        assertThat(guest.verdict().passed()).isTrue();
        assertThat(guest.verdict().checks())
                .contains(new Check("bdsm", true, "Meteor Lake needs no stolen memory in a guest"));
        guest.writes.add(Guest.config(0x5c, 4, 0x8000_0000L));
        assertThat(guest.verdict().passed()).isFalse();
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
        fails(
                "bdsm",
                "the device is unknown, but BDSM was written",
                "asls",
                "driver.writes",
                "report.true");
        guest.bdsm = 0;
        guest.writes.removeIf(write -> write.offset() == 0xfc);
        assertThat(guest.verdict().checks())
                .contains(new Check("asls", true, "the device is unknown, and ASLS is unchanged"))
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
        fails("policy.vbt", "0 bytes at 0x1e800000, but the OpRegion's VBT has 130", "report.true");
    }

    @Test
    void policy_with_another_vbt_fails() {
        guest.vbt = new Emitter().image(guest.vbt).patch(0x40, Image.ofHex("77")).toImage();
        fails("policy.vbt", "GetVbtData returns other bytes than the OpRegion's VBT");
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
        fails("report.true", "BDSM is 0x17b00000, reported is 0x10000000");
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
        fails("gop.picture", "800x600, all of one colour");
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
    void memory_beyond_opregion_and_stolen_memory_may_not_be_kept() {
        String fine = "nothing but OpRegion and stolen memory is kept from the operating system";
        assertThat(guest.memoryVerdict(OptionalLong.of(0)).checks())
                .containsExactly(new Check("memory.kept", true, fine));
        assertThat(guest.memoryVerdict(OptionalLong.of(-(1 << 20))).passed()).isTrue();
        assertThat(guest.memoryVerdict(OptionalLong.of(-(100 << 20))).checks())
                .containsExactly(
                        new Check(
                                "memory.kept",
                                false,
                                "102400 KiB more than OpRegion and stolen memory are kept from the"
                                        + " operating system"));
        assertThat(guest.memoryVerdict(OptionalLong.empty()).notProved())
                .containsExactly(
                        "that the ROM takes no more memory than it needs: the guest did not come"
                                + " up without it");
    }

    @Test
    void damaged_rom_fails() {
        guest.damage = "igd.rom +0x2c: the image is truncated";
        fails("rom.whole", "igd.rom +0x2c: the image is truncated");
    }

    @Test
    void made_up_vbt_for_a_gop_fails() {
        guest.vbtMadeUp = true;
        fails("rom.vbt", "the ROM has a GOP and no VBT; the one in this guest was made up");
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
