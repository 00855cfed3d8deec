package igdrom.plan.vm;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.e820.E820Entry;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.host.MemoryRange;
import igdrom.plan.GuestMachine;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutPlannerTest {
    private static final PciId ADL_N = PciId.intel(0x46d1);
    private static final long MIB = 1L << 20;
    private static final Image REGION = region();

    @Test
    void stolen_memory_is_where_the_host_has_it_when_the_guest_has_memory_there() {
        TestHost host = TestHost.with(ADL_N).stolen(0x7c00_0000L, 64 * MIB).opRegion(REGION);
        GuestLayout layout = layout(GuestMachine.Q35, 8192, host);
        assertThat(layout.identical()).isTrue();
        assertThat(layout.map().entries())
                .containsExactly(
                        E820Entry.of(0, 0x7bff_e000L, E820Entry.Type.RAM),
                        E820Entry.of(0x7bff_e000L, 0x2000, E820Entry.Type.NVS),
                        E820Entry.of(0x7c00_0000L, 64 * MIB, E820Entry.Type.RESERVED),
                        E820Entry.of(1L << 32, 6144 * MIB, E820Entry.Type.RAM));
        assertThat(layout.registers())
                .extracting(GuestLayout.Register::toString)
                .containsExactly(
                        "Register[name=ASLS, location=config 0xfc, bits=32, value=2080366592]",
                        "Register[name=BDSM, location=config 0xc0, bits=64, value=2080374784]",
                        "Register[name=BDSM mirror, location=BAR0 0x1080c0, bits=64,"
                                + " value=2080374784]");
        assertThat(layout.files())
                .extracting(GuestLayout.FwCfgFile::name)
                .containsExactly("etc/igd-opregion", "etc/igd-bdsm-size", "etc/igd-stolen-base");
        assertThat(layout.files().get(1).content()).isEqualTo(u64(64 * MIB));
        assertThat(layout.files().get(2).content()).isEqualTo(u64(0x7c00_0000L));
    }

    @Test
    void stolen_memory_above_low_memory_moves_below_its_top_with_a_warning() {
        TestHost host = TestHost.with(ADL_N).stolen(0x8d80_0000L, 64 * MIB).opRegion(REGION);
        GuestLayout moved = layout(GuestMachine.Q35, 8192, host);
        assertThat(moved.stolen()).isEqualTo(new MemoryRange(0x7c00_0000L, 64 * MIB));
        assertThat(moved.identical()).isFalse();
        assertThat(moved.messages().getFirst().text()).contains("not where the host has it");
        assertThat(layout(GuestMachine.PC, 8192, host).identical()).isTrue();
    }

    @Test
    void ranges_never_overlap_and_cover_all_memory() {
        for (GuestMachine machine : GuestMachine.values()) {
            for (int memory : List.of(1024, 2048, 2815, 2816, 3072, 3584, 4096, 16384)) {
                for (long base : new long[] {0x2000_0000L, 0x3ff0_0000L, 0x8d80_0000L, 0}) {
                    TestHost host = TestHost.with(ADL_N).ggc(0x0200).opRegion(REGION);
                    host = base == 0 ? host : host.stolen(base, 64 * MIB);
                    GuestLayout layout = layout(machine, memory, host);
                    long ram = 0;
                    long end = 0;
                    for (E820Entry entry : layout.map().entries()) {
                        assertThat(entry.base()).isGreaterThanOrEqualTo(end);
                        end = entry.base() + entry.size();
                        ram += entry.size();
                    }
                    assertThat(ram).isEqualTo(memory * MIB);
                }
            }
        }
    }

    @Test
    void generation_without_stolen_memory_gets_the_opregion_only() {
        GuestLayout layout =
                layout(GuestMachine.PC, 4096, TestHost.with(PciId.intel(0x7d55)).opRegion(REGION));
        assertThat(layout.stolen()).isNull();
        assertThat(layout.files()).hasSize(1);
        assertThat(layout.registers()).hasSize(1);
    }

    @Test
    void what_is_not_known_is_refused_by_name() {
        assertThat(refusal(4096, TestHost.with(ADL_N))).isEqualTo("no OpRegion is known");
        assertThat(refusal(4096, TestHost.with(ADL_N).opRegion(REGION)))
                .isEqualTo("the size of stolen memory is not known");
        assertThat(refusal(256, TestHost.with(ADL_N).ggc(0x0200).opRegion(REGION)))
                .isEqualTo("a guest with 256 MiB has no room for stolen memory of 0x4000000 bytes");
    }

    private static GuestLayout layout(GuestMachine machine, int memory, TestHost host) {
        LayoutResult result =
                LayoutPlanner.plan(
                        new LayoutRequest(null, machine, memory, null, null, null),
                        host.snapshot());
        assertThat(result).isInstanceOf(GuestLayout.class);
        return (GuestLayout) result;
    }

    private static String refusal(int memory, TestHost host) {
        return LayoutPlanner.plan(
                        new LayoutRequest(null, GuestMachine.PC, memory, null, null, null),
                        host.snapshot())
                .messages()
                .getFirst()
                .text();
    }

    private static Image u64(long value) {
        return new Emitter().u64(value).toImage();
    }

    private static Image region() {
        Emitter vbt = new Emitter();
        new VbtBuilder("ALDERLAKE-P", 250)
                .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build()
                .write(vbt);
        Emitter out = new Emitter();
        OpRegionBuilder.around(vbt.toImage()).write(out);
        return out.toImage();
    }
}
