package igdrom.vfiouser.wire;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.testing.Bruises;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionTest {
    /// Source: QEMU, hw/vfio-user/proxy.c, `caps_json`.
    private static final String QEMU =
            "{\"capabilities\": {\"migration\": {\"max_bitmap_size\": 268435456, \"pgsize\": 4096},"
                    + " \"max_msg_fds\": 16, \"max_data_xfer_size\": 1048576, \"pgsizes\": 4096,"
                    + " \"max_dma_maps\": 65535, \"write_multiple\": true}}";

    private static Image body(int major, int minor, String json) {
        return new Emitter().u16(major).u16(minor).ascii(json).u8(0).toImage();
    }

    private static String hex(Image image) {
        return java.util.HexFormat.of().formatHex(image.toByteArray());
    }

    private static Version read(Image body) throws RefusedException {
        return (Version) Request.read(new Header(1, 1, 16 + (int) body.size(), 0, 0), body, 0);
    }

    private static void refused(String json, String expected) {
        Frames.refused(1, hex(body(0, 0, json)), 0, expected);
    }

    @Test
    void version_of_qemu_is_read() throws RefusedException {
        assertThat(read(body(0, 0, QEMU)))
                .isEqualTo(
                        new Version(
                                0,
                                0,
                                Optional.of(
                                        new Capabilities(16, 1 << 20, 65535, 4096, true, false))));
    }

    @Test
    void version_without_data_is_read() throws RefusedException {
        assertThat(read(Image.ofHex("00000100"))).isEqualTo(new Version(0, 1, Optional.empty()));
        assertThat(read(body(0, 0, "{}")).capabilities()).contains(Capabilities.DEFAULT);
    }

    @Test
    void unknown_fields_are_ignored() throws RefusedException {
        assertThat(
                        read(body(
                                        0,
                                        0,
                                        "{\"x\":[{}],\"capabilities\":{\"y\":{\"z\":[1]},"
                                            + "\"twin_socket\":{\"supported\":true,\"fd_index\":0}}}"))
                                .capabilities())
                .contains(new Capabilities(1, 1 << 20, 65535, 4096, false, true));
    }

    @Test
    void reply_offers_only_features_of_both_sides() throws RefusedException {
        assertThat(hex(new Header(7, 1, 16, 0, 0).reply(read(body(0, 3, QEMU)).negotiate())))
                .startsWith("07000100")
                .contains(
                        hex(
                                Image.ofAscii(
                                        "{\"capabilities\":{\"max_msg_fds\":16,"
                                                + "\"max_data_xfer_size\":1048576,"
                                                + "\"max_dma_maps\":65535,\"pgsizes\":4096,"
                                                + "\"write_multiple\":true}}\0")));
        assertThat(read(body(0, 3, "{}")).negotiate())
                .isEqualTo(
                        new Version(
                                0,
                                0,
                                Optional.of(
                                        new Capabilities(16, 1 << 20, 65535, 4096, false, false))));
    }

    @Test
    void message_of_another_size_is_refused() {
        Frames.refused(1, "000000", 0, "VERSION size is 0x3, the minimum is 0x4");
        Frames.refused(
                1,
                hex(body(0, 0, " ".repeat(16384))),
                0,
                "VERSION size is 0x4005, the maximum is 0x4004");
        Frames.refused(1, "00000000", 1, "VERSION descriptor count is 1, the maximum is 0");
        Frames.refused(1, "01000000", 0, "VERSION major is 1, expected 0");
    }

    @Test
    void invalid_version_data_is_refused() {
        Frames.refused(1, "000000007b7d", 0, "VERSION data is not a single NUL-terminated string");
        Frames.refused(
                1, "000000007b007d00", 0, "VERSION data is not a single NUL-terminated string");
        refused("[]", "version data is not an object");
        refused("", "version data is not an object");
        refused("{} {}", "version data continues after its end");
        refused("{\"capabilities\":[]}", "capabilities is not an object");
        refused(
                "{\"capabilities\":{\"max_msg_fds\":\"1\"}}",
                "max_msg_fds is not an unsigned number");
        refused("{\"capabilities\":{\"max_msg_fds\":-1}}", "max_msg_fds is not an unsigned number");
        refused("{\"capabilities\":{\"pgsizes\":1e3}}", "pgsizes is not an unsigned number");
        refused("{\"capabilities\":{\"write_multiple\":1}}", "write_multiple is not a boolean");
        refused("{\"capabilities\":{\"twin_socket\":1}}", "twin_socket is not an object");
    }

    @Test
    void bruised_data_is_read_or_refused() {
        Bruises.all(
                body(0, 0, QEMU),
                bruised -> {
                    try {
                        read(bruised);
                    } catch (RefusedException _) {
                        // A refusal is a valid outcome.
                    }
                });
    }
}
