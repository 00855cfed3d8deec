package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.samples.SampleFlash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VbtEditCommandTest {
    @TempDir private Path directory = Path.of("");

    @Test
    void vbt_is_edited_and_the_rest_of_its_file_stays() throws IOException {
        String file = write("vbt.bin", new Emitter().image(vbt("TEST")).fill(0xff, 100).toImage());
        String out = directory.resolve("edited.bin").toString();
        Session session = edit(file, "--disable", "edp", "--disable=DP-C", "-o", out);
        assertThat(session.err()).isEmpty();
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out())
                .isEqualTo(
                        """
                        %s: VBT TEST, 290 bytes
                          off   eDP-A   eDP on port A, AUX A
                          off   DP-C    DisplayPort or HDMI (DP++) on port C, AUX C, DDC pin 3
                          left  HDMI-B  HDMI on port B, DDC pin 2

                        Next:
                          igdrom build --vbt %s --opregion-source embedded ... (otherwise the \
                        hypervisor's OpRegion comes first)
                        """
                                .formatted(out, out));
        Image before = Image.load(Path.of(file));
        Image after = Image.load(Path.of(out));
        assertThat(after.size()).isEqualTo(before.size());
        assertThat(after.slice(0, after.size() - 100).sum8()).isZero();
        assertThat(Session.of("vbt", "show", out).out())
                .contains("  output 1  HDMI-B  HDMI on port B, DDC pin 2\n")
                .doesNotContain("output 2", "note");
    }

    @Test
    void opregion_is_written_whole() throws IOException {
        Emitter region = new Emitter();
        OpRegionBuilder.around(vbt("TEST")).write(region);
        String file = write("opregion.bin", region.toImage());
        String out = directory.resolve("edited.bin").toString();
        Session session = edit(file, "--disable", "HDMI-B", "-o", out);
        assertThat(session.out())
                .startsWith(out + ": OpRegion with VBT TEST, 8 KiB\n  off   HDMI-B  HDMI on ")
                .contains("  igdrom build --opregion " + out + " --opregion-source embedded ");
        Image before = region.toImage();
        Image after = Image.load(Path.of(out));
        assertThat(after.slice(0, 0x400)).isEqualTo(before.slice(0, 0x400));
        assertThat(after.from(0x400 + vbt("TEST").size()))
                .isEqualTo(before.from(0x400 + vbt("TEST").size()));
        assertThat(Session.of("vbt", "show", out).out()).doesNotContain("HDMI-B");
    }

    @Test
    void vbt_alone_is_taken_out_of_a_firmware_image() throws IOException {
        String file = write("bios.bin", SampleFlash.make());
        String out = directory.resolve("edited.bin").toString();
        Session session = edit("--json", file, "--disable=HDMI-B", "-o", out);
        assertThat(session.out())
                .startsWith(
                        "{\"schema\":1,\"file\":\""
                                + file
                                + "\",\"kind\":\"flash\",\"output\":\""
                                + out
                                + "\",")
                .contains("\"disabled\":[{\"name\":\"HDMI-B\",");
        assertThat(Session.of("vbt", "show", out).out())
                .startsWith("VBT ALDERLAKE-P, BDB 250, ")
                .contains("output 1  eDP-A  eDP on port A");
    }

    @Test
    void vbt_without_outputs_comes_with_a_note() throws IOException {
        String file = write("vbt.bin", vbt("TEST"));
        String out = directory.resolve("edited.bin").toString();
        assertThat(edit(file, "--disable", "1,2,3", "-o", out).out())
                .contains(
                        "  note no output is left: some GOPs hang a guest with such a VBT\n\n"
                                + "Next:");
    }

    @Test
    void names_that_are_not_of_one_output_are_refused() throws IOException {
        String file = write("vbt.bin", vbt("TEST"));
        Path out = directory.resolve("edited.bin");
        assertThat(edit(file, "--disable", "DP-B", "-o", out.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.NO,
                                file + ": the VBT has no output DP-B: it has eDP-A, HDMI-B, DP-C"));
        assertThat(edit(file, "--disable", "hdmi", "-o", out.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.NO, file + ": hdmi matches 2 outputs: HDMI-B, DP-C"));
        assertThat(edit(file, "--disable", "eDP,", "-o", out.toString()).code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(edit(file, "-o", out.toString()).code()).isEqualTo(ExitCode.USAGE);
        assertThat(edit(file, "--disable", "eDP", "-o", file).code()).isEqualTo(ExitCode.USAGE);
        assertThat(out).doesNotExist();
    }

    @Test
    void file_without_a_vbt_or_with_several_is_refused() throws IOException {
        Path out = directory.resolve("edited.bin");
        String text = write("text", Image.ofAscii("no VBT"));
        assertThat(edit(text, "--disable", "eDP", "-o", out.toString()))
                .isEqualTo(Session.failed(ExitCode.NO, text + ": contains no VBT"));
        Image both = new Emitter().fill(0xff, 64).image(vbt("ONE")).image(vbt("TWO")).toImage();
        String two = write("two.bin", both);
        assertThat(edit(two, "--disable", "eDP", "-o", out.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.NO,
                                two
                                        + ": contains 2 different VBTs; extract them and edit the"
                                        + " one of your board: two.bin/VBT@0x40,"
                                        + " two.bin/VBT@0xfe"));
        String half = write("half.bin", vbt("TEST").slice(0, 150));
        assertThat(edit(half, "--disable", "eDP", "-o", out.toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.MALFORMED,
                                "half.bin +0x18: the VBT is truncated: it has 0xbe bytes, 0x96 are"
                                        + " left"));
        assertThat(out).doesNotExist();
    }

    private String write(String name, Image image) throws IOException {
        Path file = directory.resolve(name);
        Files.write(file, image.toByteArray());
        return file.toString();
    }

    private static Session edit(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "vbt";
        all[1] = "edit";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Session.of(all);
    }

    private static Image vbt(String platform) {
        Emitter out = new Emitter();
        new VbtBuilder(platform, 156)
                .device(8, DeviceType.EDP, DvoPort.DP_A, 0, 0x40)
                .device(4, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .device(0x40, DeviceType.DUAL_MODE, DvoPort.DP_C, 3, 0x20)
                .build()
                .write(out);
        return out.toImage();
    }
}
