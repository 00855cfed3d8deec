package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.setup.Tools;
import igdrom.bytes.Image;
import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.output.Output;
import igdrom.cli.output.PictureText;
import igdrom.driver.RomData;
import igdrom.fetch.Environment;
import igdrom.formats.pci.PciId;
import igdrom.rom.RomParts;
import igdrom.testing.Corpus;
import igdrom.virtualigd.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {
    private static final String DEVICE =
            "a PCI id like 8086:46d4 or, with its revision, 8086:46d4:0c (lspci -nn -s 02.0 shows"
                    + " both), nor a processor like N100";

    @TempDir Path directory = Path.of("");
    private String rom = "";

    @BeforeEach
    void make_a_rom() throws IOException {
        Path file = directory.resolve("igd.rom");
        try (OutputStream out = Files.newOutputStream(file)) {
            RomParts.of(PciId.intel(0x46a6), RomData.NONE).image().writeTo(out);
        }
        rom = file.toString();
    }

    @Test
    void invalid_values_are_refused() {
        refuses(invalid("--machine", "'foo' is not q35 or pc"), "--machine", "foo", rom);
        refuses(invalid("--fw-cfg", "'maybe' is not on or off"), "--fw-cfg", "maybe", rom);
        refuses(
                invalid("--device", "\"8086:46a6:100\" is not " + DEVICE),
                "--device",
                "8086:46a6:100",
                rom);
        refuses(invalid("--device", "\"46a\" is not " + DEVICE), "--device", "46a", rom);
        refuses(
                rom + ": --lpc needs --machine pc: q35 has its own LPC bridge",
                "--lpc",
                "8086:7a84",
                rom);
        refuses(
                rom + ": --preset-bdsm: Meteor Lake has no BDSM register",
                "--device",
                "8086:7d55",
                "--preset-bdsm",
                rom);
        refuses(
                rom + ": --virtual-function: Comet Lake has no SR-IOV",
                "--device",
                "8086:9bc5",
                "--virtual-function",
                rom);
        refuses(invalid("--timeout", "'0' is not a number from 1 to 3600"), "--timeout", "0", rom);
        refuses(
                invalid("--memory", "'1G' is not a number from 256 to 1048576"),
                "--memory",
                "1G",
                rom);
    }

    @Test
    void options_of_a_whole_host_need_one() {
        refuses(
                "--qemu-options has no effect without --host-stack",
                "--qemu-options",
                "x-igd-opregion=on",
                rom);
        refuses("--emulated-svm has no effect without --host-stack", "--emulated-svm", rom);
    }

    @Test
    void whole_host_excludes_what_its_kernel_and_qemu_decide() {
        refuses(
                "--raw and --host-stack exclude each other: the host's kernel and QEMU decide that",
                "--host-stack",
                "--raw",
                rom);
        refuses(
                "--qemu-options: \"x-igd-opregion\" is not NAME=VALUE",
                "--host-stack",
                "--qemu-options",
                "x-igd-opregion",
                rom);
    }

    @Test
    void rom_for_an_unknown_gpu_needs_a_device() throws IOException {
        Path other = directory.resolve("other.rom");
        try (OutputStream out = Files.newOutputStream(other)) {
            RomParts.of(new PciId(0x1234, 0x5678), RomData.NONE).image().writeTo(out);
        }
        refuses(
                other
                        + ": made for 1234:5678, which is not a known Intel GPU: name yours with"
                        + " --device",
                other.toString());
    }

    @Test
    void existing_picture_is_not_replaced() throws IOException {
        Path picture = Files.writeString(directory.resolve("screen.png"), "mine");
        refuses(picture + " exists (--force replaces it)", "--screenshot", picture.toString(), rom);
        assertThat(picture).hasContent("mine");
        refuses(rom + " is an input: --force does not replace it", "-f", "--screenshot", rom, rom);
    }

    @Test
    void file_without_a_rom_signature_is_malformed() throws IOException {
        Path text =
                Files.writeString(directory.resolve("text"), "no ROM at all, only some text here");
        assertThat(Session.of("test", text.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.MALFORMED,
                                "text +0x0: not an option ROM, which starts with 55 aa"));
        String missing = directory.resolve("missing").toString();
        assertThat(Session.of("test", missing))
                .isEqualTo(Session.failed(ExitCode.MACHINE, missing + ": no such file"));
    }

    @Test
    void rom_is_tested_and_the_verdict_printed() throws IOException {
        Tools tools = Tools.find(Environment.ofMachine());
        assumeTrue(tools.qemu().isPresent() && tools.ovmf().isPresent(), "no QEMU");
        Session session = Session.of("test", rom);
        assertThat(session.code()).as(session.out() + session.err()).isEqualTo(ExitCode.OK);
        assertThat(session.err()).isEmpty();
        assertThat(session.out())
                .startsWith(rom + " on a virtual 8086:46a6, Alder Lake-P, machine q35\n")
                .contains(
                        "\n"
                            + "  assumed: an OpRegion with a VBT for one HDMI output, named ALDER"
                            + " LAKE-P,")
                .contains("\n  \u2713 stolen.zeroed     all zeros\n")
                .contains("\n  ? not proved: a picture: the ROM has no GOP\n")
                .endsWith("\npass: all 31 checks passed\n");
        Path page = directory.resolve("test.html");
        Session json = Session.of("test", "--json", "--html", page.toString(), rom);
        assertThat(json.out())
                .startsWith("{\"schema\":1,\"file\":\"" + rom + "\",\"verdict\":\"pass\"")
                .endsWith("\"screenshot\":null}\n");
        assertThat(Files.readString(page))
                .startsWith("<!DOCTYPE html>")
                .contains(
                        ">PASS</p>",
                        "All 31 checks passed.",
                        "<th scope=\"row\">stolen.zeroed</th>")
                .contains("8086:46a6, Alder Lake-P", "Not proved")
                .doesNotContain("<script", "<img", "http://", "https://");
    }

    /// With a GOP of Intel's the page has the picture that the guest drew, and nothing of the GOP.
    @Test
    void page_about_a_test_has_the_picture_that_the_guest_drew() throws IOException {
        Tools tools = Tools.find(Environment.ofMachine());
        assumeTrue(tools.qemu().isPresent() && tools.ovmf().isPresent(), "no QEMU");
        Path gop = Corpus.path("gop-more/mrcb_soc_intel_glk_IntelGopDriver.efi");
        String vbt = Corpus.path("vbt/google-octopus-ampton.vbt").toString();
        String drawing = directory.resolve("gop.rom").toString();
        assertThat(
                        Session.of(
                                        "build",
                                        "--device",
                                        "8086:3185",
                                        "--gop",
                                        gop.toString(),
                                        "--vbt",
                                        vbt,
                                        "-o",
                                        drawing)
                                .code())
                .isEqualTo(ExitCode.OK);
        Path picture = directory.resolve("picture.png");
        Path page = directory.resolve("test.html");
        Session session =
                Session.of(
                        "test",
                        "--screenshot",
                        picture.toString(),
                        "--html",
                        page.toString(),
                        drawing);
        assertThat(session.code()).as(session.out() + session.err()).isEqualTo(ExitCode.OK);
        String encoded = Base64.getEncoder().encodeToString(Files.readAllBytes(picture));
        String html = Files.readString(page);
        assertThat(html)
                .contains(">PASS</p>", "data:image/png;base64," + encoded + "\"")
                .contains("alt=\"The picture that the guest drew\"")
                .doesNotContain("<script", "http://", "https://");
        byte[] program = Files.readAllBytes(gop);
        for (int at = 0; at + 48 <= program.length; at += 48) {
            byte[] part = Arrays.copyOfRange(program, at, at + 48);
            if (Image.of(part).indexOfOtherThan(part[0] & 0xff, 0) < part.length) {
                assertThat(html).doesNotContain(Base64.getEncoder().encodeToString(part));
            }
        }
    }

    @Test
    void picture_is_drawn_with_two_pixels_in_a_character() throws IOException {
        Image rgb = Image.ofHex("ff0000 00ff00 0000ff 0000ff".replace(" ", ""));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PictureText.print(
                new Output(bytes, StandardCharsets.UTF_8, true), new Picture(2, 2, rgb), 80);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "\033[38;2;255;0;0m\033[48;2;0;0;255m\u2580\033[38;2;0;255;0m\u2580\033[0m\n");
    }

    private static String invalid(String option, String problem) {
        return "invalid value for option '" + option + "': " + problem + " (see: igdrom help test)";
    }

    private static void refuses(String message, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "test";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        assertThat(Session.of(all)).isEqualTo(Session.failed(ExitCode.USAGE, message));
    }
}
