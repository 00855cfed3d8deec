package igdrom.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.FirmwareReader;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.host.Fact;
import igdrom.host.MemoryRange;
import igdrom.host.PciFunction;
import igdrom.host.Snapshot;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.PlanResult.Refused;
import igdrom.samples.SampleGop;
import igdrom.testing.Bruises;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanResultTest {
    static final PciId ADL_N = PciId.intel(0x46d1);
    private static final PciId METEOR_LAKE = PciId.intel(0x7d55);
    static final Image VBT = vbt("ALDERLAKE-P");

    @Test
    void device_alone_gives_a_rom_that_goes_by_what_the_hypervisor_offers() {
        Plan plan = planned(RomRequest.of(ADL_N), Parts.NONE, null);
        assertThat(plan.gop()).isNull();
        assertThat(plan.opRegion()).isNull();
        assertThat(plan.stolen()).isEqualTo(new StolenMemory(0, 0));
        assertThat(plan.decisions())
                .containsExactly(
                        new Decision("device", "8086:46d1, Alder Lake-N, Twin Lake", "--device"),
                        new Decision(
                                "GOP",
                                "none",
                                "no file was given to take it from: no picture before the guest's"
                                        + " own driver"),
                        new Decision(
                                "OpRegion",
                                "none",
                                "no VBT and no OpRegion was given: the hypervisor has to offer"
                                        + " one"),
                        new Decision(
                                "stolen memory",
                                "as large as the device says where the guest has room",
                                "no base is known"));
        assertThat(words(plan))
                .containsExactly(
                        "NOTE drivers for Alder Lake-N, Twin Lake compare the base of stolen"
                                + " memory with other registers: the host's own is best (--host,"
                                + " --snapshot or --stolen-base)");
    }

    @Test
    void no_device_is_refused() {
        RomRequest request = request(null, null, 0, Set.of());
        assertThat(refused(request, Parts.NONE, null))
                .containsExactly(
                        "ERROR no device is known (--device says which, lspci -nn shows it)");
        assertThat(refused(RomRequest.of(new PciId(0x10de, 0x1234)), Parts.NONE, null))
                .contains("ERROR 10de:1234 is not one of Intel's devices");
    }

    @Test
    void gop_and_vbt_of_a_firmware_image_go_in() {
        Plan plan = planned(RomRequest.of(ADL_N), firmware(gop(ADL_N), VBT), null);
        assertThat(plan.gop()).isNotNull();
        assertThat(plan.opRegion()).isEqualTo(new Part<>(around(VBT), "bios.bin"));
        assertThat(plan.decisions())
                .extracting(Decision::subject)
                .containsExactly("device", "GOP", "LPC bridge", "OpRegion", "stolen memory");
        assertThat(words(plan)).hasSize(1);
    }

    @Test
    void best_of_several_gops_is_the_one_that_lists_the_device() {
        Parts parts = parts(List.of(gop(METEOR_LAKE), gop(ADL_N)), VBT);
        PlannedGop gop = requireNonNull(planned(RomRequest.of(ADL_N), parts, null).gop());
        assertThat(gop.gop().deviceIds()).containsExactly(ADL_N);
    }

    @Test
    void gop_that_does_not_list_the_device_is_refused_unless_allowed() {
        Parts parts = firmware(gop(METEOR_LAKE), VBT);
        assertThat(refused(RomRequest.of(ADL_N), parts, null))
                .contains("ERROR GOP 21.0.1066 lists 1 id, not 46d1 (gop-device)");
        RomRequest allowed = request(ADL_N, null, 0, Set.of(Conflict.GOP_DEVICE));
        assertThat(words(planned(allowed, parts, null)))
                .contains("WARNING GOP 21.0.1066 lists 1 id, not 46d1");
    }

    @Test
    void gop_for_another_processor_is_refused() {
        Image gop = gop(ADL_N);
        long machine = gop.u32(0x3c) + 4;
        Image ia32 = new Emitter().image(gop).patch(machine, Image.ofHex("4c01")).toImage();
        assertThat(refused(RomRequest.of(ADL_N), firmware(ia32, VBT), null))
                .contains("ERROR the GOP is an IA32 program, OVMF starts X64 only (gop-arch)");
    }

    @Test
    void gop_that_no_firmware_could_start_is_refused() {
        Image gop = gop(ADL_N);
        long entryPoint = gop.u32(0x3c) + 0x28;
        Image wild = new Emitter().image(gop).patch(entryPoint, Image.ofHex("ffffff00")).toImage();
        assertThat(refused(RomRequest.of(ADL_N), firmware(wild, VBT), null))
                .anyMatch(line ->
                        line.startsWith(
                                "ERROR the GOP is damaged, no firmware can start it:"
                                        + " AddressOfEntryPoint is 0xffffff"));
    }

    @Test
    void file_without_a_gop_is_refused_unless_none_is_wanted() {
        Parts parts = new Parts("bios.bin", List.of(), List.of(), List.of(), null, List.of());
        assertThat(refused(RomRequest.of(ADL_N), parts, null))
                .contains("ERROR bios.bin holds no GOP (--no-gop builds a ROM without)");
        RomRequest without =
                new RomRequest(
                        ADL_N,
                        null,
                        0,
                        0,
                        null,
                        null,
                        false,
                        false,
                        false,
                        null,
                        LpcBridgePolicy.AUTO,
                        Set.of());
        assertThat(planned(without, parts, null).gop()).isNull();
    }

    @Test
    void vbt_of_another_generation_is_refused_unless_allowed() {
        Parts parts = firmware(gop(ADL_N), vbt("HASWELL"));
        assertThat(refused(RomRequest.of(ADL_N), parts, null))
                .contains(
                        "ERROR the VBT of bios.bin says HASWELL, the device is Alder Lake-N, Twin"
                                + " Lake (vbt-generation)");
        RomRequest allowed = request(ADL_N, null, 0, Set.of(Conflict.VBT_GENERATION));
        assertThat(planned(allowed, parts, null).opRegion()).isNotNull();
    }

    @Test
    void vbt_that_the_gop_cannot_read_is_refused_unless_allowed() {
        Image gop = SampleGop.driver(21, 0, 1066, List.of(ADL_N), SampleGop.outputs(39)).raw();
        Emitter vbt = new Emitter();
        new VbtBuilder("ALDERLAKE-P", 256)
                .device(0x0008, DeviceType.NONE, DvoPort.DP_A, 0, 0)
                .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build()
                .write(vbt);
        Parts parts = firmware(gop, vbt.toImage());
        assertThat(refused(RomRequest.of(ADL_N), parts, null))
                .contains(
                        "ERROR GOP 21.0.1066 expects 39 bytes per output of a VBT, but this one"
                                + " (BDB 256) has 40: it finds none and loops forever; a VBT of"
                                + " the GOP's own firmware image goes with it (vbt-layout)");
        RomRequest allowed = request(ADL_N, null, 0, Set.of(Conflict.VBT_LAYOUT));
        assertThat(planned(allowed, parts, null).opRegion()).isNotNull();
    }

    @Test
    void first_fitting_vbt_of_several_is_taken_and_the_others_are_mentioned() {
        Parts parts =
                new Parts(
                        null,
                        List.of(),
                        List.of(),
                        List.of(found(vbt("HASWELL")), found(vbt("TIGERLAKE")), found(VBT)),
                        null,
                        List.of());
        Plan plan = planned(RomRequest.of(ADL_N), parts, null);
        assertThat(plan.opRegion()).isEqualTo(new Part<>(around(vbt("TIGERLAKE")), "bios.bin"));
        assertThat(words(plan))
                .contains(
                        "WARNING 2 VBTs fit the device, the first is taken; which one the board"
                                + " uses its own snapshot tells, and --vbt takes it");
    }

    @Test
    void gop_without_a_vbt_is_a_warning() {
        Parts parts =
                new Parts(
                        "gop.efi",
                        gops(List.of(gop(ADL_N))),
                        List.of(),
                        List.of(),
                        null,
                        List.of());
        assertThat(words(planned(RomRequest.of(ADL_N), parts, null)))
                .contains(
                        "WARNING a GOP without a VBT finds no display: the hypervisor has to offer"
                                + " an OpRegion (x-igd-opregion=on in QEMU), or give one with --vbt"
                                + " or --opregion");
    }

    @Test
    void op_region_with_rvda_out_of_range_is_refused_unless_allowed() {
        Image broken =
                new Emitter()
                        .image(around(VBT))
                        .patch(0x3ba, new Emitter().u64(0x2000).u32(0x1000).toImage())
                        .toImage();
        Parts parts = withOpRegion(broken);
        assertThat(refused(RomRequest.of(ADL_N), parts, null))
                .contains(
                        "ERROR region.bin +0x3ba: RVDA 0x2000 and RVDS 0x1000 lead beyond the end"
                                + " at 0x2000 (opregion)");
        RomRequest allowed = request(ADL_N, null, 0, Set.of(Conflict.OPREGION));
        // What the driver would take out is out.
        assertThat(planned(allowed, parts, null).opRegion())
                .isEqualTo(new Part<>(around(VBT), "region.bin"));
    }

    @Test
    void op_region_whose_rvda_leads_out_of_what_follows_it_is_malformed() {
        String end = Long.toHexString(OpRegion.SIZE + VBT.size());
        malformed(
                withOpRegion(pointing("0102", 0x2000, 0x10_0000)),
                "region.bin +0x3ba: RVDA 0x2000 and RVDS 0x100000 lead beyond the end at 0x" + end);
        malformed(
                withOpRegion(pointing("0102", 0x2000_0000, 0x100)),
                "region.bin +0x3ba: RVDA 0x20000000 and RVDS 0x100 lead beyond the end at 0x"
                        + end);
        malformed(
                withOpRegion(pointing("0102", -0x1000, 0x2000)),
                "region.bin +0x3ba: RVDA 0xfffffffffffff000 and RVDS 0x2000 lead beyond the end at"
                        + " 0x"
                        + end);
        malformed(
                withOpRegion(pointing("0002", 0x7abc_1000, 0x10_0000)),
                "region.bin +0x3c2: RVDS is 0x100000, 0x%x bytes follow the OpRegion"
                        .formatted(VBT.size()));
    }

    @Test
    void op_region_that_the_driver_would_not_take_is_malformed() {
        malformed(
                withOpRegion(patched(around(VBT), 0x10, "09")),
                "region.bin +0x10: Size is 9 KiB, an OpRegion has 8");
        malformed(
                withOpRegion(patched(around(VBT), 0x10, "ffffffff")),
                "region.bin +0x10: Size is 4294967295 KiB, an OpRegion has 8");
        malformed(
                withOpRegion(patched(around(VBT), 0x16, "0000")),
                "region.bin +0x17: OVER is 0.0, known are 1.0 to 3.x");
    }

    @Test
    void op_region_whose_vbt_the_driver_would_not_take_is_refused_unless_allowed() {
        Image shortened = pointing("0203", 0x2000, VBT.size() - 1);
        assertThat(refused(RomRequest.of(ADL_N), withOpRegion(shortened), null))
                .contains(
                        "ERROR region.bin +0x3c2: RVDS is 0x%x, the VBT there has 0x%x bytes"
                                        .formatted(VBT.size() - 1, VBT.size())
                                + " (opregion)",
                        "ERROR region.bin +0x400: no VBT in mailbox 4 or where RVDA leads"
                                + " (opregion)");
        Image unled = patched(pointing("0102", 0x2000, VBT.size()), 0x58, "1b");
        assertThat(refused(RomRequest.of(ADL_N), withOpRegion(unled), null))
                .contains(
                        "ERROR region.bin +0x400: no VBT in mailbox 4, and RVDA does not lead to"
                                + " the one after the OpRegion (opregion)");
        RomRequest allowed = request(ADL_N, null, 0, Set.of(Conflict.OPREGION));
        assertThat(
                        requireNonNull(planned(allowed, withOpRegion(unled), null).opRegion())
                                .value()
                                .size())
                .isEqualTo(OpRegion.SIZE);
    }

    @Test
    void vbt_that_is_not_whole_is_refused_unless_allowed() {
        Image cut = VBT.slice(0, VBT.size() - 1);
        String words =
                "VBT is truncated: it has 0x%x bytes, 0x%x are left"
                        .formatted(VBT.size(), VBT.size() - 1);
        Parts parts = new Parts(null, List.of(), List.of(found(cut)), List.of(), null, List.of());
        assertThat(refused(RomRequest.of(ADL_N), parts, null))
                .contains("ERROR bios.bin +0x18: the " + words + " (opregion)");
        RomRequest allowed = request(ADL_N, null, 0, Set.of(Conflict.OPREGION));
        assertThat(words(planned(allowed, parts, null)))
                .contains("WARNING bios.bin +0x18: the " + words);
        Parts large =
                new Parts(
                        null,
                        List.of(),
                        List.of(found(patched(VBT, 0x18, "ffff"))),
                        List.of(),
                        null,
                        List.of());
        assertThat(refused(RomRequest.of(ADL_N), large, null))
                .contains(
                        "ERROR bios.bin +0x18: the VBT is truncated: it has 0xffff bytes, 0x%x"
                                        .formatted(VBT.size())
                                + " are left (opregion)");
        PlanResult snapshot =
                PlanResult.of(RomRequest.of(ADL_N), Parts.NONE, onlyVbt(cut), "host.json");
        assertThat(words(snapshot))
                .contains("ERROR host.json: vbt +0x18: the " + words + " (opregion)");
    }

    @Test
    void whole_vbt_is_taken_before_one_that_is_cut() {
        Image cut = VBT.slice(0, VBT.size() - 1);
        Parts parts =
                new Parts(
                        null,
                        List.of(),
                        List.of(),
                        List.of(found(cut), found(VBT)),
                        null,
                        List.of());
        assertThat(requireNonNull(planned(RomRequest.of(ADL_N), parts, null).opRegion()).value())
                .isEqualTo(around(VBT));
    }

    @Test
    void vbt_whose_own_sizes_differ_is_embedded_as_far_as_either_goes() {
        Image small = patched(VBT, 0x18, "0000");
        Parts parts = new Parts(null, List.of(), List.of(found(small)), List.of(), null, List.of());
        assertThat(requireNonNull(planned(RomRequest.of(ADL_N), parts, null).opRegion()).value())
                .isEqualTo(around(small));
    }

    @Test
    void facts_of_a_snapshot_that_are_malformed_are_named_by_its_file() {
        Snapshot text = host(ADL_N, Image.ofAscii("text"), VBT);
        Refused region =
                (Refused) PlanResult.of(RomRequest.of(ADL_N), Parts.NONE, text, "host.json");
        assertThat(region.malformed()).isTrue();
        assertThat(words(region))
                .contains(
                        "ERROR host.json: opRegion +0x0: Signature needs 0x10 bytes, 0x4 are"
                                + " left");
        Refused own = (Refused) PlanResult.of(RomRequest.of(ADL_N), Parts.NONE, text);
        assertThat(words(own))
                .contains("ERROR debugfs +0x0: Signature needs 0x10 bytes, 0x4 are left");
        Snapshot other = onlyVbt(Image.ofAscii("text"));
        Refused vbt = (Refused) PlanResult.of(RomRequest.of(ADL_N), Parts.NONE, other, "host.json");
        assertThat(vbt.malformed()).isTrue();
        assertThat(words(vbt)).contains("ERROR host.json: vbt +0x0: Signature is not \"$VBT\"");
    }

    @Test
    void file_that_is_no_op_region_is_refused() {
        assertThat(refused(RomRequest.of(ADL_N), withOpRegion(Image.ofAscii("text")), null))
                .contains("ERROR region.bin +0x0: Signature needs 0x10 bytes, 0x4 are left");
        malformed(
                withOpRegion(Image.ofAscii("text")),
                "region.bin +0x0: Signature needs 0x10 bytes, 0x4 are left");
        Image large = new Emitter().image(around(VBT)).fill(0, 256 << 10).toImage();
        assertThat(refused(RomRequest.of(ADL_N), withOpRegion(large), null))
                .contains(
                        "ERROR region.bin +0x40000: 0x42000 bytes, the maximum for an OpRegion and"
                                + " its VBT is 0x40000");
    }

    @Test
    void op_region_and_vbt_together_are_refused() {
        Parts parts =
                new Parts(
                        null,
                        List.of(),
                        List.of(found(VBT)),
                        List.of(),
                        new Part<>(around(VBT), "region.bin"),
                        List.of());
        assertThat(refused(RomRequest.of(ADL_N), parts, null))
                .contains(
                        "ERROR an OpRegion and a VBT were given: the OpRegion has one of its own");
    }

    @Test
    void embedded_op_region_that_is_to_win_has_to_be_there() {
        RomRequest request =
                new RomRequest(
                        ADL_N,
                        null,
                        0,
                        0,
                        null,
                        null,
                        true,
                        true,
                        false,
                        null,
                        LpcBridgePolicy.AUTO,
                        Set.of());
        assertThat(refused(request, Parts.NONE, null))
                .contains("ERROR no OpRegion to embed: no VBT and no OpRegion was given");
    }

    @Test
    void host_gives_device_op_region_and_the_place_of_stolen_memory() {
        Plan plan = planned(request(null, null, 0, Set.of()), Parts.NONE, host(ADL_N));
        assertThat(plan.device()).isEqualTo(ADL_N);
        assertThat(plan.classCode()).isEqualTo(0x038000);
        assertThat(plan.opRegion()).isEqualTo(new Part<>(around(VBT), "debugfs"));
        assertThat(plan.stolen()).isEqualTo(new StolenMemory(0x7c80_0000, 0x400_0000));
        assertThat(words(plan)).isEmpty();
    }

    @Test
    void vbt_of_the_host_goes_behind_an_op_region_that_lacks_it() {
        Image bare = new Emitter().image(around(VBT)).patch(0x400, Image.ofHex("00")).toImage();
        Snapshot snapshot = host(ADL_N, bare, VBT);
        Part<Image> region =
                requireNonNull(planned(RomRequest.of(ADL_N), Parts.NONE, snapshot).opRegion());
        assertThat(region.value().size()).isEqualTo(OpRegion.SIZE + VBT.size());
        assertThat(region.value().from(OpRegion.SIZE)).isEqualTo(VBT);
    }

    @Test
    void op_region_with_the_hosts_address_of_the_vbt_that_follows_leads_to_it() {
        Emitter two = new Emitter().image(around(VBT)).patch(0x16, Image.ofHex("0002"));
        two.patch(0x400, Image.ofHex("00"));
        two.patch(0x3ba, new Emitter().u64(0x8d10_0000L).u32(VBT.size()).toImage());
        Parts parts = withOpRegion(two.image(VBT).toImage());
        Part<Image> region = requireNonNull(planned(RomRequest.of(ADL_N), parts, null).opRegion());
        assertThat(region.value().u64(0x3ba)).isEqualTo(OpRegion.SIZE);
        assertThat(region.value().u16(0x16)).isEqualTo(0x0201);
        assertThat(region.value().from(OpRegion.SIZE)).isEqualTo(VBT);
        assertThat(planned(RomRequest.of(ADL_N), parts, null).decisions())
                .contains(
                        new Decision(
                                "OpRegion",
                                region.value().size()
                                        + " bytes, version 2.1, which was 2.0 with the host's"
                                        + " address",
                                "region.bin"));
    }

    @Test
    void snapshot_of_another_machine_is_refused_unless_allowed() {
        assertThat(refused(RomRequest.of(PciId.intel(0x46d2)), Parts.NONE, host(ADL_N)))
                .containsExactly(
                        "ERROR the snapshot is of a machine with 8086:46d1, not 8086:46d2"
                                + " (other-host)");
    }

    @Test
    void snapshot_that_contradicts_itself_is_refused_unless_allowed() {
        Snapshot other = host(ADL_N, around(VBT), VBT, PciId.intel(0x9bc8), 0x030000);
        assertThat(refused(RomRequest.of(ADL_N), Parts.NONE, other))
                .containsExactly(
                        "ERROR the snapshot's device is 8086:46d1, its config space says 8086:9bc8"
                                + " (other-host)");
        RomRequest allowed = request(ADL_N, null, 0, Set.of(Conflict.OTHER_HOST));
        assertThat(planned(allowed, Parts.NONE, other).device()).isEqualTo(ADL_N);
        Snapshot network = host(ADL_N, around(VBT), VBT, ADL_N, 0x020000);
        assertThat(refused(RomRequest.of(ADL_N), Parts.NONE, network))
                .containsExactly(
                        "ERROR the snapshot's device has class 020000, no display has"
                                + " (other-host)");
        Snapshot asleep = host(ADL_N, around(VBT), VBT, new PciId(0xffff, 0xffff), 0x030000);
        assertThat(planned(RomRequest.of(ADL_N), Parts.NONE, asleep).device()).isEqualTo(ADL_N);
    }

    @Test
    void snapshot_that_does_not_tell_the_device_says_why() {
        Snapshot nothing =
                new Snapshot(
                        "a test",
                        new PciFunction(
                                "x",
                                new Fact.Unknown<>("the snapshot", "has no igd"),
                                unknown(),
                                unknown(),
                                unknown(),
                                unknown()),
                        onlyVbt(VBT).lpc(),
                        onlyVbt(VBT).lpc(),
                        unknown(),
                        unknown(),
                        unknown());
        assertThat(refused(request(null, null, 0, Set.of()), Parts.NONE, nothing))
                .containsExactly(
                        "ERROR no device is known (--device says which, lspci -nn shows it): the"
                                + " snapshot: has no igd");
    }

    @Test
    void what_the_gop_is_told_and_which_op_region_wins_is_decided() {
        RomRequest request =
                new RomRequest(
                        ADL_N,
                        null,
                        0,
                        0,
                        false,
                        true,
                        true,
                        true,
                        false,
                        null,
                        LpcBridgePolicy.AUTO,
                        Set.of());
        assertThat(planned(request, withOpRegion(around(VBT)), null).decisions())
                .contains(
                        new Decision(
                                "OpRegion",
                                "8192 bytes, version 2.1; it wins over the hypervisor's",
                                "region.bin; --opregion-source embedded"),
                        new Decision("lid", "closed", "--lid"),
                        new Decision("dock", "docked", "--dock"));
    }

    @Test
    void meteor_lake_has_no_stolen_memory_in_a_guest() {
        RomRequest request = request(METEOR_LAKE, null, 0x7c80_0000, Set.of());
        Plan plan = planned(request, Parts.NONE, null);
        assertThat(plan.stolen()).isEqualTo(new StolenMemory(0, 0));
        assertThat(words(plan))
                .containsExactly(
                        "WARNING --stolen-base and --stolen-size have no effect: Meteor Lake needs"
                                + " none in a guest");
    }

    @Test
    void base_that_the_machine_cannot_give_is_refused_and_the_hosts_own_is_a_warning() {
        RomRequest request = request(ADL_N, GuestMachine.Q35, 0x8c80_0000L, Set.of());
        assertThat(refused(request, Parts.NONE, null))
                .contains(
                        "ERROR stolen memory at 0x8c800000 ends above what q35 has as low memory"
                                + " when the guest has 2.75 GiB or more: it cannot be had there"
                                + " (stolen-base)");
        RomRequest pc = request(ADL_N, GuestMachine.PC, 0x8c80_0000L, Set.of());
        assertThat(planned(pc, Parts.NONE, null).stolen().base()).isEqualTo(0x8c80_0000L);
        RomRequest own = request(ADL_N, GuestMachine.Q35, 0, Set.of());
        assertThat(words(planned(own, Parts.NONE, host(ADL_N))))
                .containsExactly(
                        "WARNING stolen memory at 0x7c800000 ends above what q35 has as low memory"
                                + " when the guest has 2.75 GiB or more: it cannot be had there,"
                                + " and the driver takes the highest free place instead");
    }

    @Test
    void base_where_no_guest_has_memory_is_refused_unless_allowed() {
        RomRequest chipset = request(ADL_N, null, 0xfff0_0000L, Set.of());
        assertThat(refused(chipset, Parts.NONE, null))
                .contains(
                        "ERROR stolen memory at 0xfff00000 ends above 0xfec00000, where no guest"
                                + " has memory (stolen-base)");
        RomRequest allowed = request(ADL_N, null, 0xfff0_0000L, Set.of(Conflict.STOLEN_BASE));
        assertThat(planned(allowed, Parts.NONE, null).stolen().base()).isEqualTo(0xfff0_0000L);
        RomRequest bhyve = request(ADL_N, GuestMachine.BHYVE, 0xf000_0000L, Set.of());
        assertThat(refused(bhyve, Parts.NONE, null))
                .contains(
                        "ERROR stolen memory at 0xf0000000 ends above the 3 GiB that bhyve has as"
                                + " low memory: it cannot be had there (stolen-base)");
        RomRequest pc = request(ADL_N, GuestMachine.PC, 0xf000_0000L, Set.of());
        assertThat(refused(pc, Parts.NONE, null))
                .contains(
                        "ERROR stolen memory at 0xf0000000 ends above what pc has as low memory"
                                + " when the guest has 3.5 GiB or more: it cannot be had there"
                                + " without max-ram-below-4g (stolen-base)");
        RomRequest any = request(ADL_N, null, 0xf000_0000L, Set.of());
        assertThat(words(planned(any, Parts.NONE, null)))
                .containsExactly(
                        "WARNING stolen memory at 0xf0000000 ends above 3 GiB: it can be had on pc"
                                + " with max-ram-below-4g only, else the driver takes the highest"
                                + " free place instead");
        RomRequest fits = request(ADL_N, GuestMachine.BHYVE, 0xbff0_0000L, Set.of());
        assertThat(words(planned(fits, Parts.NONE, null))).isEmpty();
    }

    @Test
    void size_that_the_register_cannot_say_is_a_warning() {
        assertThat(words(planned(sized(96), Parts.NONE, null))).isEmpty();
        assertThat(words(planned(sized(97), Parts.NONE, null)))
                .contains(
                        "WARNING no value of GGC means 97 MiB on Alder Lake-N, Twin Lake, and GGC"
                                + " is where guests look: the size that it says is part of it");
    }

    private static RomRequest sized(long mib) {
        return new RomRequest(
                ADL_N,
                null,
                0x7c80_0000,
                mib << 20,
                null,
                null,
                false,
                true,
                false,
                null,
                LpcBridgePolicy.AUTO,
                Set.of());
    }

    @Test
    void impossible_stolen_memory_is_refused() {
        RomRequest odd = request(ADL_N, null, 0x7c80_0001, Set.of());
        assertThat(refused(odd, Parts.NONE, null))
                .contains(
                        "ERROR base 0x7c800001 and size 0x0 of stolen memory are not multiples of 1"
                                + " MiB");
        RomRequest high = request(ADL_N, null, 0x1_0010_0000L, Set.of());
        assertThat(refused(high, Parts.NONE, null))
                .contains(
                        "ERROR stolen memory of 0x0 bytes at 0x100100000 does not end below 4 GiB");
        assertThat(refused(sized(4096), Parts.NONE, null))
                .contains(
                        "ERROR stolen memory of 0x100000000 bytes at 0x7c800000 does not end below"
                                + " 4 GiB");
        assertThat(refused(sized(2400), Parts.NONE, null))
                .contains(
                        "ERROR stolen memory of 0x96000000 bytes at 0x7c800000 does not end below 4"
                                + " GiB");
    }

    @Test
    void device_that_is_not_known_is_a_warning() {
        PciId unknown = PciId.intel(0x1234);
        Plan plan = planned(RomRequest.of(unknown), Parts.NONE, null);
        assertThat(plan.platform()).isNull();
        assertThat(words(plan))
                .containsExactly(
                        "WARNING 8086:1234 is not a graphics device that igdrom knows: the driver"
                                + " sets up the OpRegion and leaves everything else alone"
                                + " (--treat-as names a device of its generation)");
        RomRequest asKnown =
                new RomRequest(
                        unknown,
                        null,
                        0,
                        0,
                        null,
                        null,
                        false,
                        true,
                        false,
                        ADL_N,
                        LpcBridgePolicy.AUTO,
                        Set.of());
        assertThat(planned(asKnown, Parts.NONE, null).treatAs()).isEqualTo(0x46d1);
    }

    @Test
    void device_can_only_be_treated_as_one_that_is_known() {
        for (String other : List.of("10de:46d0", "8086:1235")) {
            RomRequest request =
                    new RomRequest(
                            PciId.intel(0x1234),
                            null,
                            0,
                            0,
                            null,
                            null,
                            false,
                            true,
                            false,
                            PciId.of(other),
                            LpcBridgePolicy.AUTO,
                            Set.of());
            assertThat(refused(request, Parts.NONE, null))
                    .containsExactly(
                            "ERROR --treat-as "
                                    + other
                                    + " is not a graphics device that igdrom knows (docs/gpus.md"
                                    + " lists them)");
        }
    }

    @Test
    void vga_bios_of_another_device_goes_in_with_a_warning() {
        RomImage vgaBios =
                new RomBuilder(PciId.intel(0x0166), RomBuilder.VGA, List.of())
                        .legacy(Image.ofHex("cb0000"), Image.EMPTY);
        Parts parts =
                new Parts(
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        List.of(new Part<>(vgaBios, "vbios.rom")));
        Plan plan = planned(RomRequest.of(ADL_N), parts, null);
        assertThat(plan.decisions())
                .contains(new Decision("VGA BIOS", "512 bytes of 8086:0166", "vbios.rom"));
        assertThat(words(plan).getFirst())
                .isEqualTo(
                        "WARNING the VGA BIOS is for 8086:0166 and does not list 8086:46d1; its id"
                                + " is changed, so that SeaBIOS takes it");
    }

    @Test
    void every_bruise_of_an_op_region_is_planned_or_refused() {
        Image region = around(VBT);
        Bruises.bytes(
                region.slice(0, 0x600),
                3,
                bruised -> {
                    Image whole = new Emitter().image(bruised).image(region.from(0x600)).toImage();
                    PlanResult.of(RomRequest.of(ADL_N), withOpRegion(whole), null);
                });
    }

    private static RomRequest request(
            @Nullable PciId device,
            @Nullable GuestMachine machine,
            long stolenBase,
            Set<Conflict> allowed) {
        return new RomRequest(
                device,
                machine,
                stolenBase,
                0,
                null,
                null,
                false,
                true,
                false,
                null,
                LpcBridgePolicy.AUTO,
                allowed);
    }

    private static Plan planned(RomRequest request, Parts parts, @Nullable Snapshot host) {
        PlanResult planning = PlanResult.of(request, parts, host);
        assertThat(planning).isInstanceOf(Plan.class);
        return (Plan) planning;
    }

    private static List<String> refused(RomRequest request, Parts parts, @Nullable Snapshot host) {
        PlanResult planning = PlanResult.of(request, parts, host);
        assertThat(planning).isInstanceOf(Refused.class);
        return words(planning);
    }

    private static void malformed(Parts parts, String words) {
        RomRequest allowed = request(ADL_N, null, 0, Set.of(Conflict.OPREGION));
        assertThat(refused(allowed, parts, null)).contains("ERROR " + words);
        assertThat(((Refused) PlanResult.of(allowed, parts, null)).malformed()).isTrue();
    }

    private static List<String> words(PlanResult planning) {
        return planning.remarks().stream()
                .map(remark -> {
                    Conflict allowed = remark.allowedBy();
                    assertThat(allowed == null || remark.severity() == Severity.ERROR).isTrue();
                    return remark.severity()
                            + " "
                            + remark.words()
                            + (allowed == null ? "" : " (" + allowed.id() + ")");
                })
                .toList();
    }

    static Parts firmware(Image gop, Image vbt) {
        return parts(List.of(gop), vbt);
    }

    private static Parts parts(List<Image> gops, Image vbt) {
        return new Parts("bios.bin", gops(gops), List.of(), List.of(found(vbt)), null, List.of());
    }

    private static Parts withOpRegion(Image region) {
        return new Parts(
                null, List.of(), List.of(), List.of(), new Part<>(region, "region.bin"), List.of());
    }

    private static List<Part<GopDriver>> gops(List<Image> gops) {
        return gops.stream()
                .map(gop -> FirmwareReader.read(gop, "bios.bin"))
                .map(contents -> new Part<>(contents.gops().getFirst(), "bios.bin"))
                .toList();
    }

    private static Part<VideoBiosTable> found(Image vbt) {
        return new Part<>(FirmwareReader.read(vbt, "bios.bin").vbts().getFirst(), "bios.bin");
    }

    private static Image gop(PciId device) {
        return SampleGop.driver(21, 0, 1066, List.of(device)).raw();
    }

    private static Image vbt(String platform) {
        Emitter out = new Emitter();
        new VbtBuilder(platform, 250)
                .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build()
                .write(out);
        return out.toImage();
    }

    private static Image around(Image vbt) {
        Emitter out = new Emitter();
        OpRegionBuilder.around(vbt).write(out);
        return out.toImage();
    }

    /// An OpRegion of this version (minor and major) with the VBT behind it only.
    private static Image pointing(String version, long rvda, long rvds) {
        Emitter out = new Emitter().image(patched(around(VBT), 0x400, "00"));
        out.patch(0x16, Image.ofHex(version));
        return out.patch(0x3ba, new Emitter().u64(rvda).u32(rvds).toImage()).image(VBT).toImage();
    }

    private static Image patched(Image image, long offset, String hex) {
        return new Emitter().image(image).patch(offset, Image.ofHex(hex)).toImage();
    }

    private static Snapshot onlyVbt(Image vbt) {
        Snapshot all = host(ADL_N, VBT, vbt);
        return new Snapshot(
                "a test",
                all.igd(),
                all.hostBridge(),
                all.lpc(),
                unknown(),
                all.vbt(),
                all.stolenMemory());
    }

    static Snapshot host(PciId device) {
        return host(device, around(VBT), VBT);
    }

    private static Snapshot host(PciId device, Image opRegion, Image vbt) {
        return host(device, opRegion, vbt, device, 0x038000);
    }

    private static Snapshot host(
            PciId device, Image opRegion, Image vbt, PciId registers, int classCode) {
        Image config =
                new Emitter()
                        .u16(registers.vendor())
                        .u16(registers.device())
                        .fillTo(0x50, 0)
                        .u16(0x0200)
                        .fillTo(0xc0, 0)
                        .u64(0x7c80_0001L)
                        .fillTo(256, 0)
                        .toImage();
        PciFunction other =
                new PciFunction("x", unknown(), unknown(), unknown(), unknown(), unknown());
        return new Snapshot(
                "a test",
                new PciFunction(
                        "0000:00:02.0",
                        new Fact.Known<>(device, "sysfs"),
                        unknown(),
                        new Fact.Known<>(classCode, "sysfs"),
                        unknown(),
                        new Fact.Known<>(config, "sysfs")),
                other,
                other,
                new Fact.Known<>(opRegion, "debugfs"),
                new Fact.Known<>(vbt, "debugfs"),
                new Fact.Known<>(new MemoryRange(0x7c80_0000, 0x400_0000), "iomem"));
    }

    private static <T> Fact<T> unknown() {
        return new Fact.Unknown<>("nobody", "asked");
    }
}
