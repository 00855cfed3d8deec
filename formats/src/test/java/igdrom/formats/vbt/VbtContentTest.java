package igdrom.formats.vbt;

import static igdrom.formats.vbt.VbtTest.FILE;
import static igdrom.formats.vbt.VbtTest.bytes;
import static igdrom.formats.vbt.VbtTest.patched;
import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.testing.Corpus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VbtContentTest {
    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void output_is_described_in_one_line() {
        VbtContent content = content(VbtTest.notebook());
        assertThat(content.outputs())
                .extracting(Output::toString)
                .containsExactly(
                        "eDP on port A, AUX A, panel 0: 1920x1080@60, IGD 0x1 \"Own panel\"",
                        "HDMI on port B, DDC pin 2",
                        "DisplayPort on port F (TC1), AUX F");
        assertThat(content.devices()).hasSize(4);
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void built_table_has_integrated_display_port_and_hdmi() {
        assertThat(content(VbtTest.notebook()).features())
                .isEqualTo(
                        new GeneralFeatures(
                                3, false, 120, false, false, false, true, false, false, true,
                                false));
    }

    @Test
    void panel_has_timing_link_and_backlight() {
        Image edp =
                new Emitter()
                        .u16(2000)
                        .u16(1)
                        .u16(2)
                        .u16(500)
                        .u16(6000)
                        .fillTo(160, 0)
                        .u32(1)
                        .u8(0x30)
                        .fillTo(780, 0)
                        .u16(27_000)
                        .toImage();
        Image backlight = new Emitter().u8(6).u8(6).u16(200).u8(5).toImage();
        VbtContent content =
                content(
                        new VbtBuilder("METEORLAKE", 256)
                                .device(8, DeviceType.EDP, DvoPort.DP_A, 0, 0x40)
                                .panel(VbtTest.FULL_HD, "")
                                .block(27, edp)
                                .block(43, backlight)
                                .build());
        assertThat(content.outputs().getFirst().panel())
                .isEqualTo(
                        new Panel(
                                0,
                                "",
                                new PnpId("IGD", 1, 0, 0, 2026),
                                VbtTest.FULL_HD,
                                18,
                                false,
                                0,
                                new EdpLink(2000, 1, 2, 500, 6000, 24, 4, 5400),
                                new Backlight(Backlight.PWM, true, 200, 5),
                                null));
    }

    @Test
    void second_panel_has_a_field_of_its_own() {
        Image options = new Emitter().u8(3).u8(5).fill(0, 32).toImage();
        VbtContent content =
                content(
                        new VbtBuilder("TIGERLAKE", 240)
                                .device(0x80, DeviceType.EDP, DvoPort.DP_B, 0, 0x10)
                                .device(8, DeviceType.EDP, DvoPort.DP_A, 0, 0x40)
                                .block(40, options)
                                .build());
        assertThat(content.outputs())
                .extracting(Output::toString)
                .containsExactly(
                        "eDP on port B, AUX B, panel 5: unknown size",
                        "eDP on port A, AUX A, panel 3: unknown size");
    }

    @Test
    void timings_of_block_58_take_precedence_from_bdb_229_on() {
        Image generic =
                new Emitter()
                        .u16(28)
                        .u32(65_000)
                        .u16(1024)
                        .u16(320)
                        .u16(24)
                        .u16(136)
                        .u16(768)
                        .u16(38)
                        .u16(3)
                        .u16(6)
                        .fill(0, 8)
                        .toImage();
        assertThat(panelOf(228, generic)).startsWith("panel 0: 1920x1080@60");
        assertThat(panelOf(229, generic)).startsWith("panel 0: 1024x768@60");
        assertThat(panelOf(229, Image.ofHex("1c00"))).startsWith("panel 0: 1920x1080@60");
    }

    @Test
    void dsi_panel_has_a_mipi_link() {
        Image mipi = new Emitter().u16(1).u32(0x20).u16(0xd).fillTo(122, 0).toImage();
        VbtContent content =
                content(
                        new VbtBuilder("BROXTON", 207)
                                .device(8, new DeviceType(0x1402), DvoPort.MIPI_A, 0, 0)
                                .panel(VbtTest.FULL_HD, "")
                                .block(52, mipi)
                                .build());
        assertThat(panel(content).mipi()).isEqualTo(new MipiLink(1, true, 4, 1));
        assertThat(content.outputs().getFirst())
                .hasToString("MIPI DSI on DSI port A, panel 0: 1920x1080@60, IGD 0x1");
    }

    @Test
    void device_flags_are_named() {
        ChildDevice device = ChildDevice.of(256, 4, DeviceType.DUAL_MODE, DvoPort.DP_C, 4, 0x20);
        Image raw = patched(patched(device.raw(), 23, "96"), 33, "03");
        raw = patched(patched(raw, 7, "a5"), 38, "03");
        ChildDevice flagged = new ChildDevice(raw, 256);
        assertThat(new Output(flagged, "", null))
                .hasToString(
                        "DisplayPort or HDMI (DP++) on port C, AUX C, DDC pin 4, Thunderbolt, HDMI"
                                + " through an LSPCON, lanes reversed, hotplug inverted");
        assertThat(flagged.maxLanes()).isEqualTo(2);
        assertThat(flagged.hdmiMaxClockMhz()).isEqualTo(300);
        assertThat(flagged.hdmiLevelShifter()).isEqualTo(5);
        assertThat(flagged.maxLinkRateMbps()).isEqualTo(5400);
        assertThat(flagged.i2cSpeedKhz()).isEqualTo(100);
        ChildDevice dedicated = new ChildDevice(patched(raw, 33, "07"), 264);
        assertThat(new Output(dedicated, "", null).toString()).doesNotContain("Thunderbolt");
        // In an old table the same bytes have no such meaning.
        ChildDevice old = new ChildDevice(raw, 150);
        assertThat(new Output(old, "", null))
                .hasToString("DisplayPort or HDMI (DP++) on port C, DDC pin 4");
        assertThat(old.maxLinkRateMbps()).isZero();
    }

    @Test
    void kind_follows_from_the_bits_of_the_type() {
        assertThat(
                        List.of(
                                        0, 0x1806, 0x78c6, 0x68c6, 0x60d6, 0x60d2, 0x6852, 0x1022,
                                        0x1402, 1, 0x1009, 2)
                                .stream()
                                .map(bits -> new DeviceType(bits).kind().label()))
                .containsExactly(
                        "nothing",
                        "eDP",
                        "eDP",
                        "DisplayPort",
                        "DisplayPort or HDMI (DP++)",
                        "HDMI",
                        "DVI",
                        "LVDS",
                        "MIPI DSI",
                        "VGA",
                        "TV",
                        "unknown output");
        assertThat(DeviceType.HDMI.bitNames())
                .containsExactly(
                        "digital",
                        "TMDS",
                        "high speed link",
                        "content protection",
                        "hotplug",
                        "power management");
    }

    @Test
    void unknown_port_and_handle_are_shown_as_numbers() {
        Image raw = patched(new Emitter().fill(0, 39).toImage(), 0, "00100100");
        ChildDevice device = new ChildDevice(patched(raw, 16, "63"), 228);
        assertThat(device.name()).isEqualTo("device 0x1000");
        assertThat(new Output(device, "", null)).hasToString("VGA on port 0x63");
    }

    @Test
    void broken_definitions_are_a_diagnostic_and_give_no_outputs() {
        Image image = bytes(VbtTest.notebook());
        long block =
                0x30 + Vbt.read(image, FILE, diagnostics).bdb().block(2).orElseThrow().offset();
        assertThat(problems(patched(image, block + 3 + 4, "00")))
                .contains("board.vbt/BDB@0x30/block 2@0x26 +0x4: ChildDeviceSize is 0");
        assertThat(problems(patched(image, block + 3 + 4, "21")))
                .contains(
                        "board.vbt/BDB@0x30/block 2@0x26 +0x4: ChildDeviceSize is 33, expected 40"
                                + " for BDB version 256",
                        "board.vbt/BDB@0x30/block 2@0x26 +0x89: 0x1c bytes after the last child"
                                + " device, whose size is 0x21");
        assertThat(problems(patched(image, block, "fa")))
                .contains("board.vbt/BDB@0x30 +0x0: block 2 is missing: the outputs are unknown");
    }

    @Test
    void pointers_that_do_not_match_are_replaced_by_the_usual_layout() {
        Image image = bytes(VbtTest.notebook());
        BdbBlock pointers = Vbt.read(image, FILE, diagnostics).bdb().block(41).orElseThrow();
        Image bad = patched(image, 0x30 + pointers.offset() + 4, "ffff");
        assertThat(problems(bad))
                .contains(
                        "board.vbt/BDB@0x30 +0x%x: the pointers of block 41 do not match block 42:"
                                        .formatted(pointers.offset())
                                + " using the usual layout");
        assertThat(panel(content(Vbt.read(bad, FILE, diagnostics))).timing())
                .isEqualTo(VbtTest.FULL_HD);
    }

    @Test
    void real_tables_describe_the_outputs_of_their_boards() {
        assertThat(realOutputs("lenovo-t420"))
                .containsExactly(
                        "LVDS on the LVDS port, DDC pin 3, panel 2: 1024x768@60 (placeholder, its"
                                + " EDID decides)",
                        "DisplayPort or HDMI (DP++) on port B, AUX B, DDC pin 5",
                        "DisplayPort or HDMI (DP++) on port C, AUX C, DDC pin 4",
                        "DisplayPort or HDMI (DP++) on port D, AUX D, DDC pin 6");
        assertThat(realOutputs("lenovo-t400-r500"))
                .containsExactly(
                        "TV on the TV port",
                        "LVDS on the LVDS port, DDC pin 3, panel 2: 1024x768@60, LEN 0x4031",
                        "DisplayPort or HDMI (DP++) on port B, DDC pin 5");
        assertThat(realOutputs("framework-marigold"))
                .containsExactly(
                        "eDP on port A, AUX A, panel 2: 1024x768@60 (placeholder, its EDID"
                                + " decides)",
                        "DisplayPort on port F (TC1), AUX F, Thunderbolt",
                        "DisplayPort on port G (TC2), AUX G, Thunderbolt",
                        "DisplayPort on port H (TC3), AUX H, Thunderbolt",
                        "DisplayPort on port I (TC4), AUX I, Thunderbolt");
        assertThat(realOutputs("asus-h610m-k"))
                .containsExactly("HDMI on port C, DDC pin 3", "DisplayPort on port E, AUX E");
        assertThat(realOutputs("lenovo-sklkbl_thinkpad-t470s").getFirst())
                .isEqualTo(
                        "eDP on port A, AUX A, panel 2: 1920x1080@60 (placeholder, its EDID"
                                + " decides)");
        assertThat(realOutputs("clevo-cml-u-l140cu").getFirst())
                .isEqualTo(
                        "eDP on port A, AUX A, panel 15: 1024x768@60 (placeholder, its EDID"
                                + " decides)");
        assertThat(realOutputs("google-octopus-ampton"))
                .contains("DisplayPort on port B, AUX B, USB-C, hotplug inverted");
    }

    private List<String> realOutputs(String board) {
        Vbt vbt = Vbt.read(Corpus.image("vbt/" + board + ".vbt"), FILE, diagnostics);
        return content(vbt).outputs().stream().map(Output::toString).toList();
    }

    private String panelOf(int bdbVersion, Image generic) {
        Vbt vbt =
                new VbtBuilder("X", bdbVersion)
                        .device(8, DeviceType.EDP, DvoPort.DP_A, 0, 0x40)
                        .panel(VbtTest.FULL_HD, "")
                        .block(58, generic)
                        .build();
        return panel(content(vbt)).toString();
    }

    private static Panel panel(VbtContent content) {
        return Objects.requireNonNull(content.outputs().getFirst().panel());
    }

    private VbtContent content(Vbt vbt) {
        return VbtContent.read(vbt, FILE, diagnostics);
    }

    private static List<String> problems(Image image) {
        Diagnostics found = new Diagnostics();
        VbtContent.read(Vbt.read(image, FILE, found), FILE, found);
        return found.list().stream().map(Diagnostic::toString).toList();
    }
}
