package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.setup.Tools;
import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.fetch.Environment;
import igdrom.testing.Corpus;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo's last step, which boots a guest where there is a QEMU that can host it.
class DemoCommandTest {
    @TempDir Path directory;

    private static void assumeQemu() throws IOException {
        Tools tools = Tools.find(Environment.ofMachine());
        assumeTrue(tools.qemu().isPresent() && tools.ovmf().isPresent(), "no QEMU");
    }

    @Test
    void demo_without_an_image_proves_a_rom_without_the_gop_that_cannot_draw() throws IOException {
        assumeQemu();
        Session session = Session.of("demo", "-o", directory.toString());
        assertThat(session.code()).as(session.out() + session.err()).isEqualTo(ExitCode.OK);
        assertThat(session.out())
                .containsSubsequence(
                        "\n6. For the proof, a ROM without the GOP that cannot draw.\n",
                        "\n7. QEMU boots a guest with it on a GPU that igdrom emulates, and the"
                                + " guest's memory is compared byte for byte.\n",
                        "pass: all ",
                        "The same with your board's firmware, which ends in a picture:")
                .doesNotContain("There is no QEMU here");
    }

    @Test
    void demo_with_an_image_ends_in_a_picture_of_what_its_gop_drew() throws IOException {
        assumeQemu();
        Path bios = directory.resolve("bios.bin");
        Files.write(bios, Corpus.image("firmware/gk41_test_OVMF.fd.xz").toByteArray());
        Path made = directory.resolve("made");
        Session session =
                Session.of(
                        "demo",
                        "--device",
                        "8086:3e92",
                        "--firmware",
                        bios.toString(),
                        "-o",
                        made.toString());
        assertThat(session.code()).as(session.out() + session.err()).isEqualTo(ExitCode.OK);
        assertThat(session.out())
                .containsSubsequence(
                        "YES: this BIOS has a GOP for 8086:3e92 (Coffee Lake): 9.0.1107\n",
                        "no check failed\n",
                        "\n4. QEMU boots a guest with the ROM",
                        "gop.picture",
                        "pass: all ");
        assertThat(colours(made.resolve("igd.png"))).hasSizeGreaterThan(1);
    }

    private static Set<Integer> colours(Path file) throws IOException {
        BufferedImage picture = ImageIO.read(file.toFile());
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                colours.add(picture.getRGB(x, y));
            }
        }
        return colours;
    }
}
