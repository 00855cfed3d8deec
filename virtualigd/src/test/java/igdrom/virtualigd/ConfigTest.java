package igdrom.virtualigd;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.vfiouser.wire.RegionInfo;
import org.junit.jupiter.api.Test;

class ConfigTest {
    @Test
    void header_is_that_of_the_model() {
        Bench bench =
                new Bench(
                        IgdModel.of(PciId.of("8086:46a6"))
                                .withRevision(0x0c)
                                .withClass(IgdModel.DISPLAY));
        assertThat(bench.read(VirtualIgd.CONFIG, 0, 64))
                .isEqualTo(
                        Image.ofHex(
                                """
                                8680 a646 0000 1000 0c 008003 00 00 00 00
                                04000000 00000000 0c000000 00000000
                                01000000 00000000 00000000 8680 1222
                                00000000 40000000 00000000 00 01 0000
                                """));
        assertThat(bench.igd.ggc()).isEqualTo(0x02c0);
        assertThat(bench.config(0x50)).isEqualTo(0x02c0);
    }

    @Test
    void capabilities_are_a_chain_that_ends() {
        for (String id : new String[] {"8086:0126", "8086:1616", "8086:3e92", "8086:7d55"}) {
            Bench bench = Bench.of(id);
            StringBuilder chain = new StringBuilder();
            int at = (int) bench.config(0x34) & 0xff;
            while (at != 0) {
                long head = bench.config(at);
                chain.append(" %02x:%02x".formatted(at, head & 0xff));
                at = (int) (head >> 8) & 0xff;
            }
            boolean express = bench.igd.config().u8(0x34) == 0x40;
            assertThat(chain).hasToString(express ? " 40:09 70:10 ac:05 d0:01" : " 90:05 d0:01");
            assertThat(bench.igd.layout().regions().get(VirtualIgd.CONFIG).size())
                    .isEqualTo(express ? 4096 : 256);
        }
    }

    @Test
    void bars_are_sized() {
        Bench bench = Bench.of("8086:3e92");
        for (int bar = 0x10; bar < 0x28; bar += 4) {
            bench.config(bar, 0xffffffffL);
        }
        assertThat(bench.read(VirtualIgd.CONFIG, 0x10, 24))
                .isEqualTo(Image.ofHex("040000ff ffffffff 0c0080ff ffffffff c1ff0000 00000000"));
        assertThat(bench.igd.layout().regions().get(0).size()).isEqualTo(16 << 20);
        assertThat(bench.igd.layout().regions().get(2))
                .isEqualTo(
                        new RegionInfo(
                                2, Bench.APERTURE, true, true, true, java.util.List.of(), 0));
        Bench old = Bench.of("8086:0126");
        old.config(0x10, 0xffffffffL);
        assertThat(old.config(0x10)).isEqualTo(0xffc00004L);
    }

    @Test
    void only_what_can_be_written_is_written() {
        Bench bench = Bench.of("8086:3e92");
        bench.config(0, 0xffffffffL);
        bench.config(4, 0xffffffffL);
        bench.config(0x50, 0xffffffffL);
        bench.config(0x30, 0xfffffffeL);
        assertThat(bench.config(0)).isEqualTo(0x3e928086L);
        assertThat(bench.config(4)).isEqualTo(0x00100547L);
        assertThat(bench.igd.command()).isEqualTo(0x547);
        assertThat(bench.config(0x50)).isEqualTo(0x02c0);
        assertThat(bench.config(0x30)).isZero();
        bench.write(VirtualIgd.CONFIG, 0xfd, Image.ofHex("12"));
        assertThat(bench.igd.asls()).isEqualTo(0x1200);
    }

    @Test
    void base_of_stolen_memory_is_mirrored() {
        Bench old = Bench.of("8086:3e92");
        old.config(0x5c, 0x7b800001L);
        assertThat(old.igd.bdsm()).isEqualTo(0x7b800001L);
        assertThat(old.register(0x1080c0)).isEqualTo(0x7b800001L);
        Bench young = Bench.of("8086:46a6");
        young.config(0xc0, 0x7b800000L);
        young.config(0xc4, 1);
        assertThat(young.igd.bdsm()).isEqualTo(0x1_7b80_0000L);
        assertThat(young.read(0, 0x1080c0, 8).u64(0)).isEqualTo(0x1_7b80_0000L);
        assertThat(young.register(0x108040)).isEqualTo(0x02c0);
        young.config(0x5c, 0x1000);
        assertThat(young.config(0x5c)).isZero();
        Bench none = Bench.of("8086:7d55");
        none.config(0x5c, 0x1000);
        none.config(0xc0, 0x1000);
        assertThat(none.igd.bdsm()).isZero();
        assertThat(none.config(0x5c) | none.config(0xc0)).isZero();
    }

    @Test
    void reset_keeps_or_restores_the_addresses() {
        IgdModel model = IgdModel.of(PciId.of("8086:46a6")).withPresets(0x1000, 0x10_0000);
        Bench keeps = new Bench(model);
        Bench restores = new Bench(model.withReset(IgdModel.Reset.RESTORES));
        for (Bench bench : new Bench[] {keeps, restores}) {
            assertThat(bench.igd.asls()).isEqualTo(0x1000);
            assertThat(bench.igd.bdsm()).isEqualTo(0x10_0000);
            bench.config(0xfc, 0x2000);
            bench.config(0xc0, 0x20_0000);
            bench.config(4, 7);
            bench.register(0x70180, 1);
            bench.reset();
            assertThat(bench.igd.command()).isZero();
            assertThat(bench.igd.register(0x70180)).isZero();
            assertThat(bench.igd.activity().resets()).isEqualTo(1);
        }
        assertThat(keeps.igd.asls()).isEqualTo(0x2000);
        assertThat(keeps.igd.bdsm()).isEqualTo(0x20_0000);
        assertThat(restores.igd.asls()).isEqualTo(0x1000);
        assertThat(restores.igd.bdsm()).isEqualTo(0x10_0000);
    }

    @Test
    void bridge_has_the_id_it_is_given() {
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
