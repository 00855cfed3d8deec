package igdrom.vfiouser.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import org.junit.jupiter.api.Test;

class DmaWriteTest {
    private static final Image DATA = Image.ofHex("01020304");
    private static final Header REPLY = new Header(5, 12, 32, 1, 0);

    @Test
    void request_is_written_in_either_layout() {
        assertThat(Header.command(5, new DmaWrite(0x1000, DATA, DmaLayout.WIDE_COUNT)))
                .isEqualTo(
                        Image.ofHex(
                                "0500 0c00 24000000 00000000 00000000"
                                        + "0010000000000000 0400000000000000 01020304"));
        assertThat(Header.command(5, new DmaWrite(0x1000, DATA, DmaLayout.NARROW_COUNT)))
                .isEqualTo(
                        Image.ofHex(
                                "0500 0c00 24000000 00000000 00000000"
                                        + "0010000000000000 04000000 01020304 00000000"));
    }

    @Test
    void reply_may_have_three_sizes_and_no_other() throws RefusedException {
        DmaWrite write = new DmaWrite(0x1000, DATA, DmaLayout.WIDE_COUNT);
        write.checkReply(REPLY, Image.EMPTY);
        write.checkReply(REPLY, Image.ofHex("0010000000000000 04000000"));
        write.checkReply(REPLY, Image.ofHex("0010000000000000 04000000 00000000"));
        assertThatThrownBy(() -> write.checkReply(REPLY, Image.ofHex("00")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("DMA_WRITE reply size is 0x1, expected 0, 0xc or 0x10");
        assertThatThrownBy(() -> write.checkReply(REPLY, Image.ofHex("0010000000000000 03000000")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("reply covers 0x3 bytes at 0x1000, expected 0x4 at 0x1000");
    }
}
