package igdrom.vfiouser.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import org.junit.jupiter.api.Test;

class HeaderTest {
    @Test
    void header_is_read_and_written_back() {
        Image image = Image.ofHex("3412 0a00 18000000 10000000 00000000");
        Header header = Header.read(image);
        assertThat(header).isEqualTo(new Header(0x1234, 10, 24, 16, 0));
        assertThat(header.noReply()).isTrue();
        assertThat(header.isReply()).isFalse();
        Emitter out = new Emitter();
        header.write(out);
        assertThat(out.toImage()).isEqualTo(image);
    }

    @Test
    void invalid_size_is_malformed() {
        assertThatThrownBy(() -> Header.read(Image.ofHex("0000 0d00 0f000000 00000000 00000000")))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("vfio-user message +0x4: Message size is 0xf, the minimum is 0x10");
        assertThatThrownBy(() -> Header.read(Image.ofHex("0000 0d00 51001000 00000000 00000000")))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        "vfio-user message +0x4: Message size is 0x100051, the maximum is"
                                + " 0x100050");
        assertThatThrownBy(() -> Header.read(Image.ofHex("0000 0d00 10000000")))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("vfio-user message +0x8: Flags needs 0x4 bytes, 0x0 are left");
    }

    @Test
    void unknown_commands_are_not_supported() {
        Frames.refused(0, "", 0, Errno.EOPNOTSUPP, "command 0 is unknown");
        Frames.refused(14, "", 0, Errno.EOPNOTSUPP, "command 14 is unknown");
        Frames.refused(19, "", 0, Errno.EOPNOTSUPP, "command 19 is unknown");
        Frames.refused(65535, "", 0, Errno.EOPNOTSUPP, "command 65535 is unknown");
        Frames.refused(11, "", 0, "DMA_READ is sent by servers only");
        Frames.refused(12, "", 0, "DMA_WRITE is sent by servers only");
    }

    @Test
    void command_with_other_flags_is_refused() {
        assertThatThrownBy(() -> Request.read(new Header(1, 13, 16, 0x30, 0), Image.EMPTY, 0))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Flags are 0x30, a command may set only No_reply");
    }
}
