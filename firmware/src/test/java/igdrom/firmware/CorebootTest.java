package igdrom.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.formats.fv.FileType;
import igdrom.formats.fv.SectionEmitter;
import igdrom.formats.fv.SectionType;
import igdrom.formats.fv.VolumeEmitter;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.samples.SampleGop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// coreboot images, made here and by coreboot's cbfstool (Debian: coreboot-utils).
class CorebootTest {
    @TempDir private Path directory;

    private static Image vbt() {
        return new VbtBuilder("ALDERLAKE-P", 250).build().body();
    }

    private static Image gop() {
        return SampleGop.driver(21, 0, 1066, List.of(new PciId(PciId.INTEL, 0x46d1))).raw();
    }

    /// An EDK2 payload that contains the driver.
    private static Image payload() {
        Image sections = new SectionEmitter().add(SectionType.PE32, gop()).toImage();
        return new VolumeEmitter()
                .add(Guid.of("11111111-2222-3333-4444-555555555555"), FileType.DRIVER, sections)
                .toImage(0x10000);
    }

    @Test
    void image_of_cbfs_files_is_a_coreboot_image() {
        Image vbt = vbt();
        Image image =
                new Emitter()
                        .fill(0xff, 0x40)
                        .ascii("LARCHIVE")
                        .u32(Integer.toUnsignedLong(Integer.reverseBytes((int) vbt.size())))
                        .image(Image.ofHex("00000050 00000000 00000020"))
                        .ascii("vbt.bin\0")
                        .image(vbt)
                        .toImage();

        Contents contents = FirmwareReader.read(image, "coreboot.rom");

        assertThat(contents.kind()).isEqualTo(FileKind.COREBOOT);
        assertThat(contents.vbts()).extracting(VideoBiosTable::bytes).containsExactly(vbt);
        assertThat(contents.vbts().getFirst().origin().location())
                .hasToString("coreboot.rom/CBFS vbt.bin@0x40/data@0x20/VBT@0x0");
        assertThat(contents.diagnostics()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "lzma", "lz4"})
    void vbt_and_gop_are_found_in_an_image_made_by_cbfstool(String compression)
            throws IOException, InterruptedException {
        Assumptions.assumeTrue(isInstalled(), "cbfstool is not installed");
        Path rom = directory.resolve("coreboot.rom");
        String vbtFile = Files.write(directory.resolve("vbt"), vbt().toByteArray()).toString();
        String fdFile = Files.write(directory.resolve("fd"), payload().toByteArray()).toString();
        String boot = Files.write(directory.resolve("boot"), new byte[512]).toString();

        cbfstool(rom, "create", "-m", "x86", "-s", "0x100000", "-B", boot);
        cbfstool(rom, "add", "-f", vbtFile, "-n", "vbt.bin", "-t", "raw", "-c", compression);
        List<String> flat = new ArrayList<>(List.of("add-flat-binary", "-f", fdFile));
        flat.addAll(List.of("-n", "fallback/payload", "-l", "0x800000", "-e", "0x800000"));
        flat.addAll(List.of("-c", compression));
        cbfstool(rom, flat.toArray(String[]::new));
        Contents contents = FirmwareReader.read(Image.load(rom), "coreboot.rom");

        assertThat(contents.kind()).isEqualTo(FileKind.COREBOOT);
        assertThat(contents.vbts()).extracting(VideoBiosTable::bytes).containsExactly(vbt());
        assertThat(contents.gops()).hasSize(1);
        assertThat(contents.gops().getFirst().bytes()).isEqualTo(gop());
        assertThat(contents.diagnostics()).isEmpty();
    }

    private void cbfstool(Path rom, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("cbfstool", rom.toString()));
        command.addAll(List.of(arguments));
        Path log = directory.resolve("log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(process.waitFor()).as(() -> command + ": " + textOf(log)).isZero();
    }

    private static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "cbfstool")));
    }
}
