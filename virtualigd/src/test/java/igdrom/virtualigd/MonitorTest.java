package igdrom.virtualigd;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import org.junit.jupiter.api.Test;

/// The monitor on GMBUS and AUX.
class MonitorTest {
    private static final int GMBUS0 = 0xc5100;
    private static final int GMBUS1 = 0xc5104;
    private static final int GMBUS2 = 0xc5108;
    private static final int GMBUS3 = 0xc510c;
    private static final int AUX = 0x64110;

    private final TestIgd igd = TestIgd.of("8086:3e92");

    @Test
    void edid_has_128_bytes_with_sum_0() {
        assertThat(Edid.FULL_HD.size()).isEqualTo(128);
        assertThat(Edid.FULL_HD.sum8()).isZero();
        // Active pixels and lines of the preferred timing, as EDID splits them.
        assertThat(Edid.FULL_HD.u8(56) | (Edid.FULL_HD.u8(58) & 0xf0) << 4).isEqualTo(1920);
        assertThat(Edid.FULL_HD.u8(59) | (Edid.FULL_HD.u8(61) & 0xf0) << 4).isEqualTo(1080);
    }

    @Test
    void gmbus_reads_the_edid_from_an_index() {
        igd.register(GMBUS0, 5);
        // SW_RDY, index and wait, 128 bytes from 0, address 0x50, read.
        igd.register(GMBUS1, 0x468000a1L);
        Emitter out = new Emitter();
        while (out.position() < 128) {
            assertThat(igd.register(GMBUS2) & 0xc00).isEqualTo(0x800);
            out.u32(igd.register(GMBUS3));
        }
        assertThat(out.toImage()).isEqualTo(Edid.FULL_HD);
        assertThat(igd.register(GMBUS2) & 0x43ff).isEqualTo(0x4200);
        igd.register(GMBUS1, 0x48000000L);
        assertThat(igd.register(GMBUS2) & 0x43ff).isZero();
    }

    @Test
    void gmbus_writes_the_offset_before_a_read() {
        igd.register(GMBUS0, 5);
        igd.register(GMBUS3, 0x08);
        igd.register(GMBUS1, 0x420100a0L);
        igd.register(GMBUS1, 0x420200a1L);
        assertThat(igd.register(GMBUS3)).isEqualTo(Edid.FULL_HD.u16(8));
    }

    @Test
    void gmbus_reports_a_missing_acknowledgement() {
        igd.register(GMBUS0, 5);
        igd.register(GMBUS1, 0x42040081L);
        assertThat(igd.register(GMBUS2) & 0xe00).isEqualTo(0x400);
        igd.register(GMBUS1, 0x80000000L);
        assertThat(igd.register(GMBUS2) & 0xe00).isEqualTo(0x800);
        TestIgd dark = new TestIgd(IgdModel.of(PciId.of("8086:3e92")).withEdid(Image.EMPTY));
        dark.register(GMBUS0, 5);
        dark.register(GMBUS1, 0x428000a1L);
        assertThat(dark.register(GMBUS2) & 0xe00).isEqualTo(0x400);
    }

    @Test
    void gmbus_is_in_use_after_its_status_was_read() {
        assertThat(igd.register(GMBUS2) & 0x8000).isZero();
        assertThat(igd.register(GMBUS2) & 0x8000).isEqualTo(0x8000);
        igd.register(GMBUS2, 0x8000);
        assertThat(igd.register(GMBUS2) & 0x8000).isZero();
    }

    @Test
    void first_message_of_a_channel_is_deferred() {
        assertThat(aux("90000003")).isEqualTo(Image.ofHex("20"));
        assertThat(aux("90000003")).isEqualTo(Image.ofHex("00 1214c481"));
    }

    @Test
    void first_message_of_a_channel_is_deferred_as_i2c_too() {
        assertThat(aux("40005000 00")).isEqualTo(Image.ofHex("80"));
        assertThat(aux("40005000 00")).isEqualTo(Image.ofHex("00"));
    }

    @Test
    void aux_reads_the_capabilities_of_the_monitor() {
        aux("90000003");
        assertThat(aux("90000003")).isEqualTo(Image.ofHex("00 1214c481"));
    }

    @Test
    void aux_trains_the_link() {
        aux("90000003");
        assertThat(aux("80010200 21")).isEqualTo(Image.ofHex("00"));
        assertThat(aux("90020202")).isEqualTo(Image.ofHex("00 111100"));
        assertThat(aux("80010200 22")).isEqualTo(Image.ofHex("00"));
        assertThat(aux("90020202")).isEqualTo(Image.ofHex("00 777701"));
        assertThat(aux("80010200 00")).isEqualTo(Image.ofHex("00"));
        assertThat(aux("90020202")).isEqualTo(Image.ofHex("00 777701"));
        assertThat(aux("80000000 ff")).isEqualTo(Image.ofHex("00"));
        assertThat(aux("90000000")).isEqualTo(Image.ofHex("00 12"));
        assertThat(aux("9fffff01")).isEqualTo(Image.ofHex("00 0000"));
    }

    @Test
    void aux_carries_the_edid() {
        aux("90000003");
        aux("40005000 00");
        Emitter out = new Emitter();
        for (int i = 0; i < 8; i++) {
            Image reply = aux("5000500f");
            assertThat(reply.u8(0)).isZero();
            out.image(reply.from(1));
        }
        assertThat(out.toImage()).isEqualTo(Edid.FULL_HD);
        assertThat(aux("50001000")).isEqualTo(Image.ofHex("40"));
    }

    @Test
    void aux_times_out_without_a_monitor() {
        TestIgd dark = new TestIgd(IgdModel.of(PciId.of("8086:3e92")).withEdid(Image.EMPTY));
        dark.register(AUX + 4, 0x90000000L);
        dark.register(AUX, 0x8040001fL);
        assertThat(dark.register(AUX)).isEqualTo(0x5040001fL);
        dark.register(AUX, 0x5040001fL);
        assertThat(dark.register(AUX)).isEqualTo(0x0040001fL);
    }

    private Image aux(String message) {
        Image bytes = Image.ofHex(message);
        for (int i = 0; i < bytes.size(); i += 4) {
            long word = 0;
            for (int j = 0; j < 4; j++) {
                word = word << 8 | (i + j < bytes.size() ? bytes.u8(i + j) : 0);
            }
            igd.register(AUX + 4 + i, word);
        }
        igd.register(AUX, 0x8000001fL | bytes.size() << 20);
        long control = igd.register(AUX);
        assertThat(control & 0xd200001fL).isEqualTo(0x4000001fL);
        Emitter out = new Emitter();
        for (int i = 0; i < (control >> 20 & 0x1f); i++) {
            out.u8((int) (igd.register(AUX + 4 + (i & ~3)) >> (24 - 8 * (i & 3))) & 0xff);
        }
        return out.toImage();
    }
}
