package igdrom.virtualigd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import igdrom.bytes.Memory;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.knowledge.TsvTable;
import igdrom.vfiouser.wire.DeviceReset;
import igdrom.vfiouser.wire.RegionWrite;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistersTest {
    @Test
    void mailbox_reply_depends_on_the_command() {
        TestIgd igd = TestIgd.of("8086:46a6");
        assertThat(mailboxReply(igd, 0x8000_0007L)).isEqualTo(1);
        assertThat(mailboxReply(igd, 0x8000_000eL)).isZero();
        assertThat(mailboxReply(igd, 0x8000_000dL)).isEqualTo(0x120);
        assertThat(mailboxReply(igd, 0x8000_010dL)).isEqualTo(0x1616_0060);
        assertThat(mailboxReply(TestIgd.of("8086:3e92"), 0x8000_000eL)).isEqualTo(1);
    }

    private static long mailboxReply(TestIgd igd, long command) {
        igd.register(0x138128, 0x55);
        igd.register(0x138124, command);
        assertThat(igd.register(0x138124) >> 31).isZero();
        return igd.register(0x138128);
    }

    @Test
    void masked_blank_is_not_reported() {
        TestIgd igd = TestIgd.of("8086:3e92");
        igd.register(0x70008, 1L << 31);
        assertThat(igd.register(0x44408)).isEqualTo(1);
        igd.register(0x44404, 0xffffffffL);
        assertThat(igd.register(0x44408)).isZero();
    }

    @Test
    void every_row_applies_to_a_platform_and_has_a_source() {
        for (TsvTable table :
                List.of(RegisterTable.table(), ConfigTable.table(), DirtyState.table())) {
            boolean dirty = table.name().startsWith("dirty");
            int source = dirty ? 4 : table.name().startsWith("config") ? 7 : 8;
            for (TsvTable.Row row : table.rows()) {
                Platforms graphics = Platforms.of(row, dirty ? 1 : 3);
                assertThat(Knowledge.platforms())
                        .as(row.toString())
                        .anyMatch(platform -> graphics.contains(platform));
                assertThat(row.text(source)).matches("(Spec|Source|Observed): .*");
                assertThat(row.text(source + 1)).matches("20\\d\\d-\\d\\d-\\d\\d");
            }
        }
    }

    @Test
    void tables_define_a_device_for_every_platform() {
        for (Platform platform : Knowledge.platforms()) {
            TestIgd igd = new TestIgd(IgdModel.of(PciId.intel(0x1234), platform));
            assertThat(igd.config(0)).isEqualTo(0x12348086L);
        }
    }

    @Test
    void invalid_rows_are_refused() {
        refused("stored\t0\t31-30", "unknown effect 31-30");
        refused("stored\t0\tpush:1", "unknown effect push:1");
        refused("counter\t0\t1", "an argument is missing");
        refused("sideband\t-\t60>61", "unknown effect 60>61");
        refused("sleeps\t0\t-", "unknown behaviour sleeps");
        refused("stored\tmany\t-", "\"many\" is not a number");
    }

    private static void refused(String cells, String problem) {
        TsvTable table = TsvTable.parse("t", "b\tv\ta\n" + cells + "\n", "b", "v", "a");
        assertThatThrownBy(() -> RegisterRule.of(table.rows().getFirst(), 0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith(": " + problem);
    }

    @Test
    void requests_are_granted_at_the_second_poll() {
        TestIgd igd = TestIgd.of("8086:46a6");
        igd.register(0x45404, 0xaaaaaaaaL);
        assertThat(igd.register(0x45404)).isEqualTo(0xaaaaaaaaL);
        assertThat(igd.register(0x45404)).isEqualTo(0xffffffffL);
        igd.register(0x45404, 0x2);
        assertThat(igd.register(0x45404)).isEqualTo(0x55555557L);
        assertThat(igd.register(0x45404)).isEqualTo(0x3);
        igd.register(0x46010, 0x88000000L);
        igd.register(0x46010);
        assertThat(igd.register(0x46010)).isEqualTo(0xcc000000L);
        igd.register(0x46010, 0x44000000L);
        assertThat(igd.register(0x46010)).isEqualTo(0x44000000L);
        assertThat(igd.register(0x46010)).isZero();
    }

    @Test
    void request_that_is_repeated_waits_no_longer_than_the_first() {
        TestIgd igd = TestIgd.of("8086:46a6");
        igd.register(0x45404, 0x2);
        igd.register(0x45404, 0x2);
        assertThat(igd.register(0x45404)).isEqualTo(0x2);
        assertThat(igd.register(0x45404)).isEqualTo(0x3);
        igd.register(0x45404, 0x2);
        assertThat(igd.register(0x45404)).as("it is granted already").isEqualTo(0x3);
    }

    @Test
    void port_is_idle_unless_enabled() {
        TestIgd igd = TestIgd.of("8086:3e92");
        assertThat(igd.register(0x64100)).isEqualTo(0x80);
        igd.register(0x64100, 0x80000000L);
        assertThat(igd.register(0x64100)).as("not yet").isEqualTo(0x80000080L);
        assertThat(igd.register(0x64100)).isEqualTo(0x80000000L);
    }

    @Test
    void display_that_firmware_left_on_is_as_the_table_says_after_a_reset_too() {
        IgdModel clean = IgdModel.of(PciId.of("8086:46a6"));
        TestIgd igd = new TestIgd(clean.withHost(IgdHost.TYPICAL.withDirtyDisplay()));
        for (int i = 0; i < 2; i++) {
            assertThat(igd.register(0x45008)).isEqualTo(0x40000000L);
            assertThat(igd.register(0x46010)).isEqualTo(0xcc000000L);
            assertThat(igd.register(0x70180)).isEqualTo(0x84000000L);
            assertThat(igd.read(0, 8 << 20, 16).u64(0)).isEqualTo(0x7c000001L);
            assertThat(igd.read(0, (8 << 20) + 8 * 16383, 8).u64(0)).isEqualTo(0x7ffff001L);
            assertThat(igd.read(0, (8 << 20) + 8 * 16384, 8).u64(0)).isZero();
            assertThat(igd.device.hostPages()).as("the guest has pointed at none").isZero();
            igd.reset();
        }
        assertThat(new TestIgd(clean).register(0x45008)).isZero();
    }

    @Test
    void row_for_one_platform_replaces_that_of_its_generation() {
        assertThat(TestIgd.of("8086:5a84").register(0x46000)).isNotEqualTo(0x80002a1L);
        assertThat(TestIgd.of("8086:3185").register(0x46000)).isEqualTo(0x80002a1L);
        assertThatThrownBy(() -> Platforms.of(cell("900-1099!XYZ"), 0))
                .hasMessageEndingWith("\"XYZ\" is not a platform");
        assertThatThrownBy(() -> Platforms.of(cell("900"), 0))
                .hasMessageEndingWith("\"900\" is not a range of graphics versions");
    }

    private static TsvTable.Row cell(String text) {
        return TsvTable.parse("t", "g\n" + text + "\n", "g").rows().getFirst();
    }

    @Test
    void sideband_leads_to_the_registers_of_other_units() {
        TestIgd igd = TestIgd.of("8086:0f31");
        sideband(igd, 0x7, 0x4, 0x60, 0xc0);
        assertThat(sideband(igd, 0x6, 0x4, 0x60, 0)).isEqualTo(0xc0);
        assertThat(sideband(igd, 0x6, 0x4, 0x61, 0)).as("the power state follows").isEqualTo(0xc0);
        assertThat(sideband(igd, 0x6, 0x14, 0x60, 0)).as("another unit").isZero();
        sideband(igd, 0x1, 0x12, 0x8230, 0x5578b83L);
        assertThat(sideband(igd, 0x0, 0x12, 0x8230, 0)).isEqualTo(0x5578b83L);
        igd.reset();
        assertThat(sideband(igd, 0x6, 0x4, 0x61, 0)).isZero();
    }

    private static long sideband(TestIgd igd, long opcode, long unit, long address, long data) {
        igd.register(0x182108, address);
        igd.register(0x182104, data);
        igd.register(0x182100, opcode << 16 | unit << 8 | 0xf1);
        assertThat(igd.register(0x182100) & 1).as("busy").isZero();
        return igd.register(0x182104);
    }

    @Test
    void panel_power_state_is_in_another_register() {
        TestIgd igd = TestIgd.of("8086:3e92");
        igd.register(0xc7204, 1);
        assertThat(igd.register(0xc7200)).isEqualTo(0x80000008L);
        igd.register(0xc7204, 0);
        assertThat(igd.register(0xc7200)).isZero();
    }

    @Test
    void forcewake_is_masked_and_acknowledged() {
        TestIgd igd = TestIgd.of("8086:3e92");
        igd.register(0xa278, 0x00010001L);
        assertThat(igd.register(0xd84)).isEqualTo(1);
        igd.register(0xa278, 0x00020002L);
        assertThat(igd.register(0xd84)).isEqualTo(3);
        igd.register(0xa278, 0x00010000L);
        assertThat(igd.register(0xd84)).isEqualTo(2);
    }

    @Test
    void mailbox_is_never_busy_and_reports_no_error() {
        TestIgd igd = TestIgd.of("8086:3e92");
        igd.register(0x138124, 0x80000107L);
        assertThat(igd.register(0x138124)).isEqualTo(0x100);
    }

    @Test
    void constants_do_not_change() {
        TestIgd igd = TestIgd.of("8086:3e92");
        igd.register(0x42000, 0);
        assertThat(igd.register(0x42000)).isEqualTo(0x8e000000L);
    }

    @Test
    void line_counter_advances_and_wraps() {
        TestIgd igd = TestIgd.of("8086:3e92");
        assertThat(igd.register(0x70000)).isZero();
        assertThat(igd.register(0x70000)).isEqualTo(1);
        for (int i = 2; i < 0x1000; i++) {
            igd.register(0x70000);
        }
        assertThat(igd.register(0x70000)).isZero();
    }

    @Test
    void vertical_blanks_occur_while_a_pipe_runs() {
        TestIgd igd = TestIgd.of("8086:3e92");
        assertThat(igd.register(0x44408)).isZero();
        igd.register(0x70008, 0x80000000L);
        igd.register(0x70008);
        assertThat(igd.register(0x70008)).isEqualTo(0xc0000000L);
        assertThat(igd.register(0x44408)).isEqualTo(1);
        igd.register(0x44408, 1);
        assertThat(igd.register(0x44408)).isEqualTo(1);
        igd.register(0x70008, 0);
        assertThat(igd.register(0x44408)).isZero();
        igd.register(0x7f008, 0x80000000L);
        assertThat(igd.register(0x44408)).as("a panel has its own transcoder").isEqualTo(1);
        assertThat(igd.register(0x44418)).isZero();
    }

    @Test
    void register_without_a_row_keeps_its_value_and_is_reported() {
        TestIgd igd = TestIgd.of("8086:3e92");
        igd.register(0x9840, 0x12345678L);
        assertThat(igd.register(0x9840)).isEqualTo(0x12345678L);
        igd.register(0x42000);
        Activity activity = igd.device.activity();
        assertThat(activity.registers())
                .containsExactly(
                        new Activity.Register(0x9840, "", 1, 1, 0x12345678),
                        new Activity.Register(0x42000, "FUSE_STATUS", 1, 0, 0x8e000000));
        assertThat(activity.unknown())
                .containsExactly(new Activity.Register(0x9840, "", 1, 1, 0x12345678));
        assertThat(activity.last())
                .containsExactly(
                        new Activity.Entry(0, 0x9840, 4, true, 0x12345678L),
                        new Activity.Entry(0, 0x9840, 4, false, 0x12345678L),
                        new Activity.Entry(0, 0x42000, 4, false, 0x8e000000L));
        assertThat(activity.last().getFirst())
                .hasToString("write BAR0+0x9840, 4 bytes: 0x12345678");
    }

    @Test
    void bytes_and_pairs_of_registers_are_read_and_written() {
        TestIgd igd = TestIgd.of("8086:3e92");
        igd.write(0, 0x9842, Image.ofHex("0102030405"));
        assertThat(igd.read(0, 0x9840, 8)).isEqualTo(Image.ofHex("0000010203040500"));
        assertThat(igd.read(0, 0x9843, 3)).isEqualTo(Image.ofHex("020304"));
        igd.write(0, 0x45403, Image.ofHex("80"));
        igd.register(0x45400);
        assertThat(igd.register(0x45400)).isEqualTo(0xc0000000L);
    }

    @Test
    void page_table_is_stored_and_looked_up() {
        TestIgd recent = TestIgd.of("8086:46a6");
        recent.write(0, 0x800000 + 8 * 5, Image.ofHex("01008017 02000000"));
        assertThat(recent.device.page(0x5000)).isEqualTo(0x2_1780_0000L);
        assertThat(recent.device.page(0x5fff)).isEqualTo(0x2_1780_0000L);
        assertThat(recent.device.page(0x6000)).isEqualTo(-1);
        assertThat(recent.device.page(0xffff_f000L)).isEqualTo(-1);
        assertThat(recent.device.activity().pageTableWrites()).isEqualTo(1);
        TestIgd old = TestIgd.of("8086:0126");
        old.register(0x200000 + 4 * 5, 0x17800011L);
        assertThat(old.device.page(0x5000)).isEqualTo(0x1_1780_0000L);
        assertThat(old.device.page(0xffff_f000L)).isEqualTo(-1);
    }

    @Test
    void mapped_page_table_is_looked_up_and_cleared_without_messages() {
        IgdModel model = IgdModel.of(PciId.of("8086:46a6"));
        Memory pageTable = Memory.ofSize((int) VirtualIgd.registersSize(model) / 2);
        VirtualIgd device = new VirtualIgd(model, Memory.ofSize(TestIgd.APERTURE), pageTable);
        assertThat(device.writesSinceRom()).isEmpty();
        pageTable.putU64(8 * 5, 0x2_1780_0001L);
        pageTable.putU64(8 * 7, 0x1000_0001L);
        assertThat(device.page(0x5000)).isEqualTo(0x2_1780_0000L);
        assertThat(device.page(0x6000)).isEqualTo(-1);
        assertThat(device.activity().pageTableWrites()).isEqualTo(2);
        // What is in the page table when ASLS is written was written before it.
        Image asls = Image.ofHex("00100000");
        device.handle(new RegionWrite(0xfc, VirtualIgd.CONFIG, asls));
        assertThat(device.writesSinceRom())
                .startsWith(
                        new Activity.Entry(0, 0x80_0028, 8, true, 0x2_1780_0001L),
                        new Activity.Entry(0, 0x80_0038, 8, true, 0x1000_0001L),
                        new Activity.Entry(VirtualIgd.CONFIG, 0xfc, 4, true, 0x1000));
        device.handle(new RegionWrite(0x80_0000, 0, Image.ofHex("01000020 00000000")));
        assertThat(device.page(0)).isEqualTo(0x2000_0000L);
        assertThat(pageTable.u64(0)).isEqualTo(0x2000_0001L);
        device.handle(new DeviceReset());
        assertThat(device.page(0x5000)).isEqualTo(-1);
        assertThat(device.writesSinceRom()).isEmpty();
        assertThatThrownBy(() ->
                        new VirtualIgd(model, Memory.ofSize(TestIgd.APERTURE), Memory.ofSize(8)))
                .hasMessage("page table size is 0x8, not half of BAR0");
    }

    @Test
    void ports_access_registers_and_page_table() {
        TestIgd igd = TestIgd.of("8086:3e92");
        igd.write(4, 0, Image.ofHex("40980000"));
        igd.write(4, 4, Image.ofHex("78563412"));
        assertThat(igd.register(0x9840)).isEqualTo(0x12345678L);
        assertThat(igd.read(4, 0, 8)).isEqualTo(Image.ofHex("40980000 78563412"));
        igd.write(4, 0, Image.ofHex("29000000"));
        igd.write(4, 4, Image.ofHex("01008017"));
        assertThat(igd.device.page(0x5000)).isEqualTo(0x1780_0000L);
        igd.write(4, 0, Image.ofHex("01ffffff"));
        igd.write(4, 4, Image.ofHex("01008017"));
        assertThat(igd.read(4, 4, 4)).isEqualTo(Image.ofHex("00000000"));
        assertThat(igd.read(4, 60, 4)).isEqualTo(Image.ofHex("00000000"));
    }

    @Test
    void aperture_is_memory() {
        TestIgd igd = TestIgd.of("8086:3e92");
        igd.write(2, 0x1234, Image.ofHex("0102"));
        assertThat(igd.aperture.u16(0x1234)).isEqualTo(0x0201);
        assertThat(igd.read(2, 0x1233, 4)).isEqualTo(Image.ofHex("00010200"));
        assertThat(igd.device.activity().apertureAccesses()).isEqualTo(2);
    }

    @Test
    void phy_of_meteor_lake_keeps_written_values() {
        TestIgd igd = TestIgd.of("8086:7d55");
        igd.register(0x64040, 0x905a0123L);
        assertThat(igd.register(0x64040)).isEqualTo(0x105a0123L);
        assertThat(igd.register(0x64048)).isEqualTo(0xa8000000L);
        igd.register(0x64048, 0xffffffffL);
        assertThat(igd.register(0x64048)).isZero();
        igd.register(0x64040, 0x98000123L);
        assertThat(igd.register(0x64048)).isEqualTo(0xa05a0000L);
        igd.register(0x64044, 0x98000123L);
        assertThat(igd.register(0x6404c)).isEqualTo(0xa0000000L);
    }

    @Test
    void random_accesses_are_answered() throws java.io.IOException {
        java.util.Random random = new java.util.Random(1);
        for (String device : new String[] {"8086:0126", "8086:46a6", "8086:7d55"}) {
            TestIgd igd = TestIgd.of(device);
            for (int i = 0; i < 100_000; i++) {
                int region = new int[] {0, 0, 0, 2, 4, 7}[random.nextInt(6)];
                int size = 1 << random.nextInt(4);
                long room = igd.device.layout().regions().get(region).size() - size;
                long offset = Math.floorMod(random.nextLong(), room + 1);
                if (random.nextBoolean()) {
                    offset &= -size;
                }
                if (random.nextBoolean()) {
                    assertThat(igd.read(region, offset, size).size()).isEqualTo(size);
                } else {
                    byte[] data = new byte[size];
                    random.nextBytes(data);
                    igd.write(region, offset, Image.of(data));
                }
            }
            assertThat(igd.device.picture(null)).isNotNull();
            igd.reset();
        }
    }

    @Test
    void trace_of_a_guest_is_bounded() {
        TestIgd igd = TestIgd.of("8086:3e92");
        for (int offset = 0; offset < 0x100000; offset += 4) {
            igd.register(offset, 1);
        }
        Activity activity = igd.device.activity();
        assertThat(activity.registerWrites()).isEqualTo(0x40000);
        assertThat(activity.registers()).hasSize(Trace.MAX_REGISTERS);
        assertThat(activity.last()).hasSize(Trace.MAX_LAST);
    }
}
