package igdrom.vfiouser.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import org.junit.jupiter.api.Test;

class DmaReadTest {
    private static final DmaRead READ = new DmaRead(0x7fff0000L, 8);
    private static final Header REPLY = new Header(5, 11, 40, 1, 0);

    private static Image body(int count, String rest) {
        return new Emitter().u64(0x7fff0000L).u32(count).image(Image.ofHex(rest)).toImage();
    }

    @Test
    void request_is_written() {
        assertThat(Header.command(5, READ))
                .isEqualTo(
                        Image.ofHex(
                                "0500 0b00 20000000 00000000 00000000"
                                        + "0000ff7f00000000 0800000000000000"));
    }

    @Test
    void data_starts_where_the_layout_puts_it() throws RefusedException {
        Image wide = body(8, "00000000 0102030405060708");
        Image narrow = body(8, "0102030405060708 00000000");
        READ.checkReply(REPLY, wide);
        assertThat(READ.data(wide, DmaLayout.WIDE_COUNT))
                .isEqualTo(Image.ofHex("0102030405060708"));
        READ.checkReply(REPLY, narrow);
        assertThat(READ.data(narrow, DmaLayout.NARROW_COUNT))
                .isEqualTo(Image.ofHex("0102030405060708"));
    }

    @Test
    void probe_is_too_large_for_a_client_with_a_wide_count() {
        assertThat(Header.command(5, DmaLayout.probe()))
                .isEqualTo(
                        Image.ofHex(
                                "0500 0c00 24000000 00000000 00000000"
                                        + "00f0ffffffffffff 04000000 ffffffff 00000000"));
        assertThat(DmaLayout.of(new Header(5, 12, 16, 0x21, 7))).isEqualTo(DmaLayout.WIDE_COUNT);
        assertThat(DmaLayout.of(new Header(5, 12, 16, 0x21, 22))).isEqualTo(DmaLayout.WIDE_COUNT);
        assertThat(DmaLayout.of(new Header(5, 12, 16, 0x21, 19))).isEqualTo(DmaLayout.NARROW_COUNT);
        assertThat(DmaLayout.of(new Header(5, 12, 16, 1, 0))).isEqualTo(DmaLayout.NARROW_COUNT);
    }

    @Test
    void reply_that_does_not_match_is_refused() {
        refused(
                REPLY,
                body(8, "00000000 01020304050607"),
                "DMA_READ reply size is 0x17, expected 0x18");
        refused(
                REPLY,
                body(9, "00000000 0102030405060708"),
                "reply covers 0x9 bytes at 0x7fff0000, expected 0x8 at 0x7fff0000");
        refused(new Header(5, 11, 16, 0x21, 14), Image.EMPTY, "DMA_READ failed with error 14");
        refused(
                new Header(5, 12, 16, 1, 0),
                Image.EMPTY,
                "DMA_READ reply has flags 0x1 and command 12");
        assertThatThrownBy(() -> new DmaRead(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DmaRead(0, (1 << 20) + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void refused(Header header, Image body, String expected) {
        assertThatThrownBy(() -> READ.checkReply(header, body))
                .isInstanceOf(RefusedException.class)
                .hasMessage(expected);
    }
}
