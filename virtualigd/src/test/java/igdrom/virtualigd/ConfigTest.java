package igdrom.virtualigd;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.vfiouser.wire.RegionInfo;
import org.junit.jupiter.api.Test;

class ConfigTest {
    @Test
    void header_has_the_values_of_the_model() {
        TestIgd igd =
                new TestIgd(
                        IgdModel.of(PciId.of("8086:46a6"))
                                .withRevision(0x0c)
                                .withClass(IgdModel.DISPLAY));
        assertThat(igd.read(VirtualIgd.CONFIG, 0, 64))
                .isEqualTo(
                        Image.ofHex(
                                """
                                8680 a646 0000 1000 0c 008003 00 00 00 00
                                04000000 00000000 0c000000 00000000
                                01000000 00000000 00000000 8680 1222
                                00000000 40000000 00000000 00 01 0000
                                """));
        assertThat(igd.device.ggc()).isEqualTo(0x02c0);
        assertThat(igd.config(0x50)).isEqualTo(0x02c0);
    }

    @Test
    void capability_list_is_terminated() {
        for (String id : new String[] {"8086:0126", "8086:1616", "8086:3e92", "8086:7d55"}) {
            TestIgd igd = TestIgd.of(id);
            StringBuilder chain = new StringBuilder();
            int offset = (int) igd.config(0x34) & 0xff;
            while (offset != 0) {
                long head = igd.config(offset);
                chain.append(" %02x:%02x".formatted(offset, head & 0xff));
                offset = (int) (head >> 8) & 0xff;
            }
            boolean express = igd.device.config().u8(0x34) == 0x40;
            assertThat(chain).hasToString(express ? " 40:09 70:10 ac:05 d0:01" : " 90:05 d0:01");
            assertThat(igd.device.layout().regions().get(VirtualIgd.CONFIG).size())
                    .isEqualTo(express ? 4096 : 256);
        }
    }

    @Test
    void bars_are_sized() {
        TestIgd igd = TestIgd.of("8086:3e92");
        for (int bar = 0x10; bar < 0x28; bar += 4) {
            igd.config(bar, 0xffffffffL);
        }
        assertThat(igd.read(VirtualIgd.CONFIG, 0x10, 24))
                .isEqualTo(Image.ofHex("040000ff ffffffff 0c0080ff ffffffff c1ff0000 00000000"));
        assertThat(igd.device.layout().regions().get(0).size()).isEqualTo(16 << 20);
        assertThat(igd.device.layout().regions().get(2))
                .isEqualTo(
                        new RegionInfo(
                                2, TestIgd.APERTURE, true, true, true, java.util.List.of(), 0));
        TestIgd old = TestIgd.of("8086:0126");
        old.config(0x10, 0xffffffffL);
        assertThat(old.config(0x10)).isEqualTo(0xffc00004L);
    }

    @Test
    void only_writable_bits_are_written() {
        TestIgd igd = TestIgd.of("8086:3e92");
        igd.config(0, 0xffffffffL);
        igd.config(4, 0xffffffffL);
        igd.config(0x50, 0xffffffffL);
        igd.config(0x30, 0xfffffffeL);
        assertThat(igd.config(0)).isEqualTo(0x3e928086L);
        assertThat(igd.config(4)).isEqualTo(0x00100547L);
        assertThat(igd.device.command()).isEqualTo(0x547);
        assertThat(igd.config(0x50)).isEqualTo(0x02c0);
        assertThat(igd.config(0x30)).isZero();
        igd.write(VirtualIgd.CONFIG, 0xfd, Image.ofHex("12"));
        assertThat(igd.device.asls()).isEqualTo(0x1200);
    }

    @Test
    void base_of_stolen_memory_is_mirrored() {
        TestIgd old = TestIgd.of("8086:3e92");
        old.config(0x5c, 0x7b800001L);
        assertThat(old.device.bdsm()).isEqualTo(0x7b800001L);
        assertThat(old.register(0x1080c0)).isEqualTo(0x7b800001L);
        TestIgd recent = TestIgd.of("8086:46a6");
        recent.config(0xc0, 0x7b800000L);
        recent.config(0xc4, 1);
        assertThat(recent.device.bdsm()).isEqualTo(0x1_7b80_0000L);
        assertThat(recent.read(0, 0x1080c0, 8).u64(0)).isEqualTo(0x1_7b80_0000L);
        assertThat(recent.register(0x108040)).isEqualTo(0x02c0);
        recent.config(0x5c, 0x1000);
        assertThat(recent.config(0x5c)).isZero();
        TestIgd none = TestIgd.of("8086:7d55");
        none.config(0x5c, 0x1000);
        none.config(0xc0, 0x1000);
        assertThat(none.device.bdsm()).isZero();
        assertThat(none.config(0x5c) | none.config(0xc0)).isZero();
    }

    @Test
    void reset_keeps_or_restores_the_addresses() {
        IgdModel model = IgdModel.of(PciId.of("8086:46a6")).withPresets(0x1000, 0x10_0000);
        TestIgd keeps = new TestIgd(model);
        TestIgd restores = new TestIgd(model.withReset(IgdModel.Reset.RESTORES));
        for (TestIgd igd : new TestIgd[] {keeps, restores}) {
            assertThat(igd.device.asls()).isEqualTo(0x1000);
            assertThat(igd.device.bdsm()).isEqualTo(0x10_0000);
            igd.config(0xfc, 0x2000);
            igd.config(0xc0, 0x20_0000);
            igd.config(4, 7);
            igd.register(0x70180, 1);
            igd.reset();
            assertThat(igd.device.command()).isZero();
            assertThat(igd.device.register(0x70180)).isZero();
            assertThat(igd.device.activity().resets()).isEqualTo(1);
        }
        assertThat(keeps.device.asls()).isEqualTo(0x2000);
        assertThat(keeps.device.bdsm()).isEqualTo(0x20_0000);
        assertThat(restores.device.asls()).isEqualTo(0x1000);
        assertThat(restores.device.bdsm()).isEqualTo(0x10_0000);
    }

    @Test
    void bridge_has_the_given_id() {
        LpcBridge bridge = new LpcBridge(PciId.of("8086:a308"), 0x10);
        var reply = bridge.handle(new igdrom.vfiouser.wire.RegionRead(0, VirtualIgd.CONFIG, 16));
        assertThat(reply)
                .isEqualTo(
                        new igdrom.vfiouser.wire.RegionData(
                                new igdrom.vfiouser.wire.RegionRead(0, VirtualIgd.CONFIG, 16),
                                Image.ofHex("8680 08a3 0000 0000 10 000106 00000000")));
        assertThat(bridge.reads()).isEqualTo(1);
    }
}
