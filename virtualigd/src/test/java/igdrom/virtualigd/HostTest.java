package igdrom.virtualigd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.virtualigd.IgdHost.Registers;
import org.junit.jupiter.api.Test;

/// What a guest sees of the host to which the device belongs.
class HostTest {
    private static final PciId COFFEE_LAKE = PciId.of("8086:3e92");
    private static final PciId ALDER_LAKE = PciId.of("8086:46a6");
    private static final PciId METEOR_LAKE = PciId.of("8086:7d55");
    private static final IgdHost HOST = IgdHost.TYPICAL.withStolenBase(0x7b80_0000L);

    @Test
    void registers_that_no_hypervisor_emulates_keep_the_hosts_values() {
        TestIgd igd = new TestIgd(IgdModel.of(ALDER_LAKE).withHost(HOST));
        igd.config(0xc0, 0x17b0_0000L);
        assertThat(igd.read(0, 0x1080c0, 8).u64(0)).isEqualTo(0x17b0_0000L);
        // 64 MiB at 0x7b800000 end at 0x7f800000; the page table has 8 MiB.
        assertThat(igd.read(0, 0x1082c0, 8).u64(0)).isEqualTo(0x7f70_0001L);
        assertThat(igd.register(0xd48)).isEqualTo(0x7f70_0001L);
        assertThat(igd.register(0xdc8)).isEqualTo(0x7f70_0000L);
        assertThat(igd.read(0, 0x108100, 8).u64(0)).isEqualTo(0x7b00_0000L);
        assertThat(igd.read(VirtualIgd.CONFIG, 0xf0, 8).u64(0)).isEqualTo(0x7b00_0000L);
        igd.register(0x1082c0, 0);
        igd.config(0xf0, 0);
        assertThat(igd.register(0x1082c0)).isEqualTo(0x7f70_0001L);
        assertThat(igd.config(0xf0)).isEqualTo(0x7b00_0000L);
    }

    @Test
    void raw_registers_hold_the_hosts_values_and_asls_is_written_through() {
        TestIgd igd = raw(COFFEE_LAKE, Registers.LOCKED);
        assertThat(igd.config(0xfc)).isEqualTo(0x7ab1_2018L);
        assertThat(igd.config(0x5c)).isEqualTo(0x7b80_0001L);
        assertThat(igd.register(0x1080c0)).isEqualTo(0x7b80_0001L);
        igd.config(0xfc, 0x1fbe_3000L);
        assertThat(igd.device.asls()).isEqualTo(0x1fbe_3000L);
        igd.reset();
        assertThat(igd.device.asls()).isEqualTo(0x1fbe_3000L);
    }

    @Test
    void locked_bdsm_ignores_writes_also_of_single_bytes() {
        TestIgd gen9 = raw(COFFEE_LAKE, Registers.LOCKED);
        gen9.config(0x5c, 0x17b0_0000L);
        gen9.write(VirtualIgd.CONFIG, 0x5f, Image.ofHex("17"));
        assertThat(gen9.config(0x5c)).isEqualTo(0x7b80_0001L);
        TestIgd gen12 = raw(ALDER_LAKE, Registers.LOCKED);
        gen12.config(0xc0, 0x17b0_0000L);
        gen12.config(0xc4, 1);
        assertThat(gen12.device.bdsm()).isEqualTo(0x7b80_0001L);
        assertThat(gen12.config(0x50) & 1).isEqualTo(1);
    }

    @Test
    void unlocked_bdsm_takes_one_write_that_locks_it() {
        TestIgd igd = raw(COFFEE_LAKE, Registers.UNLOCKED);
        igd.config(0x5c, 0x17b0_0000L);
        igd.config(0x5c, 0x1800_0001L);
        igd.config(0x5c, 0x1900_0000L);
        assertThat(igd.device.bdsm()).isEqualTo(0x1800_0001L);
    }

    @Test
    void lock_bit_of_an_emulated_bdsm_is_an_ordinary_bit() {
        TestIgd igd = TestIgd.of("8086:3e92");
        igd.config(0x5c, 0x1800_0001L);
        igd.config(0x5c, 0x1900_0000L);
        assertThat(igd.device.bdsm()).isEqualTo(0x1900_0000L);
    }

    @Test
    void meteor_lake_has_no_bdsm_to_show() {
        TestIgd igd = raw(METEOR_LAKE, Registers.LOCKED);
        assertThat(igd.config(0xfc)).isEqualTo(0x7ab1_2018L);
        assertThat(igd.config(0x5c)).isZero();
        assertThat(igd.config(0xc0)).isZero();
    }

    @Test
    void function_level_reset_clears_registers_but_not_the_addresses() {
        TestIgd igd = new TestIgd(IgdModel.of(COFFEE_LAKE).withReset(IgdModel.Reset.RESTORES));
        long control = igd.config(0x50);
        igd.config(0xfc, 0x1fbe_3000L);
        igd.config(0x5c, 0x17b0_0000L);
        igd.config(0x04, 7);
        igd.register(0x70180, 0x8400_0000L);
        igd.config(0x78, 0x8000);
        assertThat(igd.config(0x78)).isZero();
        assertThat(igd.config(0x04) & 7).isZero();
        assertThat(igd.register(0x70180)).isZero();
        assertThat(igd.device.asls()).isEqualTo(0x1fbe_3000L);
        assertThat(igd.device.bdsm()).isEqualTo(0x17b0_0000L);
        assertThat(igd.config(0x50)).isEqualTo(control);
        igd.reset();
        assertThat(igd.device.asls()).isZero();
    }

    @Test
    void device_in_d3hot_answers_in_config_space_only() {
        TestIgd igd = new TestIgd(IgdModel.of(COFFEE_LAKE));
        igd.register(0x70180, 0x8400_0000L);
        igd.config(0xd4, 3);
        assertThat(igd.config(0x02) & 0xffff).isEqualTo(0x3e92);
        assertThat(igd.register(0x70180)).isEqualTo(0xffff_ffffL);
        igd.register(0x70180, 0);
        igd.config(0xd4, 3);
        assertThat(igd.register(0x70180)).isEqualTo(0xffff_ffffL);
    }

    @Test
    void device_that_leaves_d3hot_has_reset_itself_and_keeps_the_addresses() {
        TestIgd igd = new TestIgd(IgdModel.of(COFFEE_LAKE).withReset(IgdModel.Reset.RESTORES));
        igd.config(0xfc, 0x1fbe_3000L);
        igd.config(0x5c, 0x17b0_0000L);
        igd.config(0x04, 7);
        igd.register(0x70180, 0x8400_0000L);
        igd.config(0xd4, 3);
        assertThat(igd.config(0x04) & 7).isEqualTo(7);
        igd.config(0xd4, 0);
        assertThat(igd.config(0x04) & 7).isZero();
        assertThat(igd.register(0x70180)).isZero();
        assertThat(igd.device.asls()).isEqualTo(0x1fbe_3000L);
        assertThat(igd.device.bdsm()).isEqualTo(0x17b0_0000L);
        // From D0 to D0 nothing happens.
        igd.register(0x70180, 0x8400_0000L);
        igd.config(0xd4, 0);
        assertThat(igd.register(0x70180)).isEqualTo(0x8400_0000L);
    }

    @Test
    void page_table_entries_that_point_at_the_hosts_memory_are_counted() {
        TestIgd igd = raw(ALDER_LAKE, Registers.LOCKED);
        igd.write(0, 8 << 20, new Emitter().u64(0x17b0_0001L).u64(0x7b80_0001L).toImage());
        igd.write(0, (8 << 20) + 16, new Emitter().u64(0x7f7f_f001L).u64(0x7f80_0001L).toImage());
        // Not valid.
        igd.write(0, (8 << 20) + 32, new Emitter().u64(0x7b80_1000L).toImage());
        assertThat(igd.device.hostPages()).isEqualTo(2);
    }

    @Test
    void addresses_that_no_host_has_are_refused() {
        assertThatThrownBy(() -> IgdHost.TYPICAL.withStolenBase(0x1234))
                .hasMessage("OpRegion at 0x7ab12018, stolen memory at 0x1234: no host has these");
        assertThatThrownBy(() -> IgdHost.TYPICAL.withStolenBase(1L << 32))
                .hasMessageContaining("no host has these");
    }

    private static TestIgd raw(PciId id, Registers registers) {
        return new TestIgd(IgdModel.of(id).withHost(HOST.withRegisters(registers)));
    }
}
