package igdrom.rom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.Driver;
import igdrom.driver.RomData;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.PeImage;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// QEMU and OVMF start the ROMs that are built here, and objdump reads the driver in them.
///
/// The device is not an Intel GPU, so the driver reports its data and then leaves the device alone.
class RomInOvmfTest {
    private static final Path CODE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
    private static final Path VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");
    private static final Path QEMU = Path.of("/usr/bin/qemu-system-x86_64");
    private static final int SECONDS = 900;
    private static final String GOP = "gop/mrcb_soc_intel_cml_IntelGopDriver.efi";

    @TempDir Path directory = Path.of("");

    @Test
    void ovmf_starts_the_driver_which_finds_its_data() throws Exception {
        List<String> log = boot(parts(Optional.empty(), false));
        assertThat(log)
                .startsWith("igdrom: driver: found 0x1 0x1", "igdrom: rom data: found 0x6b 0x0")
                .anyMatch(line -> line.startsWith("igdrom: device: unknown "));
    }

    @Test
    void ovmf_decompresses_images_with_a_real_gop_among_them() throws Exception {
        PeImage gop = PeImage.read(Corpus.image(GOP), Location.root("gop"), new Diagnostics());
        assertThat(boot(parts(Optional.of(gop), true)))
                .startsWith("igdrom: driver: found 0x1 0x1", "igdrom: rom data: found 0x6b 0x0");
    }

    @Test
    void objdump_sees_the_section_of_the_data_and_no_damage() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/objdump")), "no objdump");
        Path efi = directory.resolve("driver.efi");
        Image program = Driver.bundled().with(RomPartsTest.DATA).program().raw();
        write(efi, program);
        List<String> lines = run(List.of("objdump", "-x", "-s", "-j", ".igdrom", efi.toString()));
        assertThat(lines).noneMatch(line -> line.contains("warning"));
        assertThat(lines).anyMatch(line -> line.contains("49474452 44415441 02006000"));
        assertThat(lines).anyMatch(line -> line.strip().matches("\\d+ \\.igdrom +0000006b .*"));
        long sum = PeImage.read(program, Location.root("x"), new Diagnostics()).computedCheckSum();
        assertThat(lines).anyMatch(line -> line.matches("CheckSum\\s+%08x".formatted(sum)));
    }

    private static RomParts parts(Optional<PeImage> gop, boolean compressed) {
        return new RomParts(
                new PciId(0x1234, 0x11e8),
                RomBuilder.VGA,
                List.of(),
                Driver.bundled().with(withLog()),
                gop,
                compressed);
    }

    private static RomData withLog() {
        return RomPartsTest.DATA.withLog(new RomData.Log(/* port= */ true, /* variable= */ true));
    }

    private List<String> boot(RomParts parts) throws Exception {
        assumeTrue(Files.exists(QEMU), "no QEMU");
        assumeTrue(Files.exists(CODE), "no OVMF");
        Path rom = directory.resolve("igd.rom");
        write(rom, parts.image());
        Path variables = Files.copy(VARIABLES, directory.resolve("variables.fd"));
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>();
        command.add(QEMU.toString());
        command.addAll(List.of("-machine", "pc", "-m", "512", "-display", "none", "-nodefaults"));
        command.addAll(List.of("-drive", "if=pflash,format=raw,readonly=on,file=" + CODE));
        command.addAll(List.of("-drive", "if=pflash,format=raw,file=" + variables));
        command.addAll(List.of("-device", "edu,romfile=" + rom));
        command.addAll(List.of("-debugcon", "file:" + log));
        command.addAll(List.of("-global", "isa-debugcon.iobase=0x402"));
        Path output = directory.resolve("qemu.log");
        Process qemu =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            for (int polls = 0; polls < SECONDS * 5 && qemu.isAlive(); polls++) {
                if (Files.exists(log) && lines(log).stream().anyMatch(l -> l.contains("device:"))) {
                    break;
                }
                Thread.sleep(200);
            }
        } finally {
            qemu.destroyForcibly().waitFor();
        }
        assertThat(log).as(Files.readString(output)).exists();
        return lines(log);
    }

    private static List<String> lines(Path log) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readString(log, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            if (line.startsWith("igdrom: ")) {
                lines.add(line);
            }
        }
        return lines;
    }

    private List<String> run(List<String> command) throws Exception {
        Path out = directory.resolve("out");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        return Files.readAllLines(out, StandardCharsets.ISO_8859_1);
    }

    private static void write(Path file, Image image) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            image.writeTo(out);
        }
    }
}
