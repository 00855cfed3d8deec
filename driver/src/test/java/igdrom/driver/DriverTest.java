package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.PeImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverTest {
    private static final Path HERE = Path.of(System.getProperty("basedir", "."));
    private static final Path BUILT = HERE.resolve("target/classes/igdrom/driver/igdrom.efi");
    private static final Path CODE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
    private static final Path VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");
    private static final Path QEMU = Path.of("/usr/bin/qemu-system-x86_64");
    private static final int SECONDS = 900;

    @TempDir Path directory = Path.of("");

    @Test
    void driver_is_a_boot_service_driver_of_less_than_16_kib() throws IOException {
        Image image = Image.load(BUILT);
        PeImage pe = PeImage.read(image, Location.root("igdrom.efi"), new Diagnostics());
        assertThat(pe.machine()).isEqualTo(Machine.X64);
        assertThat(image.size()).isLessThan(16 * 1024);
    }

    @Test
    void sources_in_another_directory_give_the_same_bytes() throws Exception {
        copy(HERE.resolve("src/main"), directory.resolve("driver/src/main"));
        Files.copy(HERE.resolve("build-efi"), directory.resolve("driver/build-efi"));
        for (String script : List.of("tables", "generations.awk", "report.awk")) {
            Files.copy(HERE.resolve(script), directory.resolve("driver").resolve(script));
        }
        String tables = "knowledge/src/main/resources";
        copy(HERE.resolve("..").resolve(tables), directory.resolve(tables));
        Path other = build(directory.resolve("driver"), List.of());
        assertThat(Files.mismatch(other, BUILT)).isEqualTo(-1);
    }

    @Test
    void driver_on_a_foreign_device_leaves_it_alone() throws Exception {
        List<String> log = boot(BUILT, "device", List.of());
        assertThat(log)
                .containsExactly(
                        "igdrom: driver: found 0x1 0x1",
                        "igdrom: rom data: none 0x0 0x0",
                        "igdrom: device: unknown 0xff001011e81234 0x10 0x8000000000000003");
    }

    @Test
    void driver_sets_up_everything_on_a_device_that_it_takes_for_a_coffee_lake() throws Exception {
        setsUpEverything(build(HERE, List.of(asEdu())));
    }

    @Test
    void driver_of_another_compiler_does_the_same() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/gcc")), "no gcc");
        Path output = directory.resolve("gcc.efi");
        run(List.of(HERE.toRealPath() + "/build-gcc", output.toString(), asEdu()));
        setsUpEverything(output);
    }

    private void setsUpEverything(Path driver) throws Exception {
        List<String> log =
                boot(
                        driver,
                        "gop policy",
                        List.of(
                                "etc/igd-opregion", file("opregion", opRegion()),
                                "etc/igd-bdsm-size", file("size", number(64L << 20)),
                                "etc/igd-stolen-base", file("base", number(0x1000_0000))));
        assertThat(log)
                .contains(
                        "igdrom: generation: found 0x4c4643 0x384",
                        "igdrom: opregion: repaired 0x2000 0x1800",
                        "igdrom: stolen size: fw_cfg 0x4000000 0x0",
                        "igdrom: stolen: allocated there 0x10000000 0x4000000",
                        "igdrom: vbt: found 0x2000 0x1800");
        assertThat(log).anyMatch(line -> line.startsWith("igdrom: opregion: fw_cfg 0x"));
        assertThat(log.getLast()).startsWith("igdrom: gop policy: done 0x").endsWith(" 0x1800");
    }

    @Test
    void driver_survives_what_users_and_firmware_do_with_two_devices() throws Exception {
        List<String> log =
                bootModel(
                        List.of(
                                "etc/igd-opregion", file("opregion", opRegion()),
                                "etc/igd-bdsm-size", file("size", number(64L << 20)),
                                "etc/igd-stolen-base", file("base", number(0x1000_0000))));
        assertThat(log)
                .containsExactly(
                        "model: find",
                        "model: all_entries_of_two_devices_are_reported",
                        "model: stop_undoes_start",
                        "model: preset_in_free_memory_becomes_the_drivers",
                        "model: preset_in_reserved_memory_stays_reserved",
                        "model: preset_in_partly_free_memory_is_stale",
                        "model: preset_without_a_vbt_is_replaced",
                        "model: vbt_at_an_absolute_address_is_passed_on",
                        "model: preset_stolen_memory",
                        "model: device_that_a_gop_uses_is_not_stopped",
                        "model: policy_that_a_gop_of_another_device_uses_stays",
                        "model: bus_is_enumerated_again",
                        "model: driver_whose_device_is_gone_is_stopped",
                        "model: driver_whose_device_is_gone_is_unloaded",
                        "model: done");
    }

    @Test
    void preset_without_a_vbt_is_kept_when_there_is_no_other_source() throws Exception {
        List<String> size = List.of("etc/igd-bdsm-size", file("size", number(64L << 20)));
        assertThat(bootModel(size))
                .containsExactly(
                        "model: find", "model: preset_without_a_vbt_is_kept", "model: done");
    }

    /// The lines of `model.c` on a machine with two devices.
    private List<String> bootModel(List<String> fwCfg) throws Exception {
        Path disk = directory.resolve("disk");
        Path program = disk.resolve("EFI/BOOT/BOOTX64.EFI");
        Path test = HERE.toRealPath().resolve("src/test/efi/model.c");
        Path memory = HERE.toRealPath().resolve("src/main/c/mem.c");
        build(HERE, program, List.of("", "efi_application", test.toString(), memory.toString()));
        List<String> more = new ArrayList<>();
        more.addAll(List.of("-device", "edu,romfile=" + directory.resolve("igd.rom")));
        more.addAll(List.of("-drive", "file=fat:rw:" + disk + ",format=raw,if=ide"));
        return boot(build(HERE, List.of(asEdu())), "model: done", fwCfg, more).stream()
                .filter(line -> line.startsWith("model: "))
                .toList();
    }

    /// The driver's lines on the debug port, once one begins with `last`.
    private List<String> boot(Path driver, String last, List<String> fwCfg) throws Exception {
        return boot(driver, "igdrom: " + last + ": ", fwCfg, List.of()).stream()
                .filter(line -> line.startsWith("igdrom: "))
                .toList();
    }

    private List<String> boot(Path driver, String last, List<String> fwCfg, List<String> more)
            throws Exception {
        assumeTrue(Files.exists(QEMU), "no QEMU");
        assumeTrue(Files.exists(CODE), "no OVMF");
        Path rom = directory.resolve("igd.rom");
        try (OutputStream out = Files.newOutputStream(rom)) {
            new RomBuilder(new PciId(0x1234, 0x11e8), 0x00ff00, List.of())
                    .efi(11, 0x8664, 0, Image.load(driver))
                    .raw()
                    .writeTo(out);
        }
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
        for (int i = 0; i < fwCfg.size(); i += 2) {
            command.add("-fw_cfg");
            command.add("name=" + fwCfg.get(i) + ",file=" + fwCfg.get(i + 1));
        }
        command.addAll(more);
        Process qemu = start(command, directory.resolve("qemu.log"));
        try {
            for (int polls = 0; polls < SECONDS * 5 && qemu.isAlive(); polls++) {
                if (Files.exists(log) && Files.readString(log).contains(last)) {
                    break;
                }
                Thread.sleep(200);
            }
        } finally {
            qemu.destroyForcibly().waitFor();
        }
        assertThat(log).as(Files.readString(directory.resolve("qemu.log"))).exists();
        return Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
    }

    private static String asEdu() throws IOException {
        return "-include" + HERE.toRealPath() + "/src/test/c/edu.h";
    }

    private Path build(Path driver, List<String> options) throws Exception {
        return build(driver, directory.resolve("built.efi"), options);
    }

    private Path build(Path driver, Path output, List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(driver.toRealPath().resolve("build-efi").toString());
        command.add(HERE.toRealPath().resolve("target/clang").toString());
        command.add(output.toString());
        command.addAll(options);
        run(command);
        return output;
    }

    private void run(List<String> command) throws Exception {
        Path log = directory.resolve("build.log");
        Process process = start(command, log);
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    private static Process start(List<String> command, Path log) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private String file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes).toString();
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }

    /// An OpRegion 2.0 with the host's address of its VBT, which follows.
    private static byte[] opRegion() {
        ByteBuffer out = ByteBuffer.allocate(0x3800).order(ByteOrder.LITTLE_ENDIAN);
        out.put(0, ascii("IntelGraphicsMem")).putInt(0x10, 8).putInt(0x14, 0x0200_0000);
        out.putInt(0x58, 0x1f).putLong(0x3ba, 0x7abc_1000).putInt(0x3c2, 0x1800);
        out.put(0x2000, ascii("$VBT MADE UP        ")).putShort(0x2018, (short) 0x1800);
        out.putInt(0x201c, 0x30).put(0x2030, ascii("BIOS_DATA_BLOCK "));
        return out.putShort(0x2044, (short) 0x17d0).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
