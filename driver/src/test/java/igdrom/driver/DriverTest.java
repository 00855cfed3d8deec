package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.PeImage;
import igdrom.formats.pe.SectionHeader;
import igdrom.formats.pe.Subsystem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /// Spec: PE/COFF, "Section Flags": IMAGE_SCN_MEM_EXECUTE and IMAGE_SCN_MEM_WRITE.
    private static final long WRITE_OR_EXECUTE = 0xa000_0000L;

    @TempDir Path directory = Path.of("");

    @Test
    void driver_is_a_boot_service_driver_of_at_most_24_kib() throws IOException {
        Image image = Image.load(BUILT);
        PeImage pe = PeImage.read(image, Location.root("igdrom.efi"), new Diagnostics());
        assertThat(pe.machine()).isEqualTo(Machine.X64);
        assertThat(pe.subsystem()).isEqualTo(Subsystem.BOOT_SERVICE_DRIVER);
        assertThat(image.size()).isLessThanOrEqualTo(24 * 1024);
    }

    /// Firmware that keeps writable pages from being executed starts no other image.
    @Test
    void sections_are_pages_that_are_either_writable_or_executable() throws IOException {
        PeImage bare = PeImage.read(Image.load(BUILT), Location.root("efi"), new Diagnostics());
        for (PeImage pe : List.of(bare, Driver.bundled().with(RomDataTest.DATA).program())) {
            assertThat(pe.optionalHeader().sectionAlignment()).isEqualTo(0x1000);
            assertThat(pe.optionalHeader().dllCharacteristics() & 0x100).isEqualTo(0x100);
            for (SectionHeader section : pe.sections()) {
                assertThat(section.virtualAddress() % 0x1000).as(section.name()).isZero();
                assertThat(section.characteristics() & WRITE_OR_EXECUTE)
                        .as(section.name())
                        .isNotEqualTo(WRITE_OR_EXECUTE);
            }
        }
        assertThat(bare.sections())
                .extracting(SectionHeader::name)
                .containsExactly(".text", ".rdata", ".data");
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
                        "model: preset_stolen_memory_is_kept_and_not_zeroed",
                        "model: preset_stolen_memory_of_others_is_not_used",
                        "model: preset_in_free_memory_is_refreshed",
                        "model: preset_without_room_for_a_fresh_copy_is_moved",
                        "model: preset_in_reserved_memory_stays_reserved",
                        "model: preset_in_partly_free_memory_is_stale",
                        "model: preset_without_a_vbt_is_replaced",
                        "model: vbt_at_an_absolute_address_is_passed_on",
                        "model: stop_that_fails_changes_nothing",
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

    /// A guest whose memory covers the addresses of a usual host.
    @Test
    void registers_that_nobody_emulates_are_left_to_the_host() throws Exception {
        RomData data = RomData.NONE.withOpRegion(Image.of(opRegion()));
        assertThat(bootModel(1, data, List.of(), "8192"))
                .containsExactly(
                        "model: find",
                        "model: locked_bdsm_is_left_alone",
                        "model: locked_bdsm_of_zero_is_left_alone",
                        "model: bdsm_outside_memory_is_left_alone",
                        "model: bdsm_that_keeps_its_value_is_not_emulated",
                        "model: bdsm_of_the_host_in_free_memory_does_not_make_asls_the_guests",
                        "model: locked_bdsm_beside_a_reserved_opregion_is_the_guests",
                        "model: registers_that_hold_what_is_written_are_emulated",
                        "model: done");
    }

    @Test
    void asls_of_the_host_is_written_only_when_the_rom_says_so() throws Exception {
        RomData data = RomData.NONE.withOpRegion(Image.of(opRegion())).withAslsAlways(true);
        assertThat(bootModel(2, data, List.of(), "8192"))
                .containsExactly(
                        "model: find", "model: asls_of_the_host_is_written", "model: done");
    }

    @Test
    void size_of_zero_from_the_hypervisor_leaves_bdsm_alone_and_gives_a_gop_nothing()
            throws Exception {
        Path driver = build(HERE, List.of(asEdu()));
        List<String> log =
                boot(
                        driver,
                        "gop policy",
                        List.of(
                                "etc/igd-opregion", file("opregion", opRegion()),
                                "etc/igd-bdsm-size", file("size", number(0))));
        assertThat(log)
                .contains(
                        "igdrom: stolen size: fw_cfg 0x0 0x0",
                        "igdrom: stolen: not emulated 0x0 0x4")
                .anyMatch(line -> line.startsWith("igdrom: opregion: fw_cfg 0x"));
        assertThat(log.getLast()).isEqualTo("igdrom: gop policy: withheld 0x0 0x0");
    }

    @Test
    void meteor_lake_has_an_opregion_only_where_the_hypervisor_offers_one() throws Exception {
        RomData data = RomData.NONE.withTreatAs(0x7d55).withOpRegion(Image.of(opRegion()));
        Path driver = with(build(HERE, List.of(asEdu())), data);
        assertThat(boot(driver, "gop policy", List.of()))
                .contains(
                        "igdrom: stolen: not needed 0x0 0x0",
                        "igdrom: opregion: not emulated 0x0 0x3800")
                .anyMatch(line -> line.matches("igdrom: gop policy: done 0x\\w+ 0x1800"));
        List<String> offered =
                boot(
                        driver,
                        "gop policy",
                        List.of("etc/igd-opregion", file("opregion", opRegion())));
        assertThat(offered)
                .anyMatch(line -> line.startsWith("igdrom: opregion: fw_cfg 0x"))
                .anyMatch(line -> line.matches("igdrom: gop policy: done 0x\\w+ 0x1800"));
    }

    @Test
    void gop_gets_the_vbt_that_the_rom_has_for_it() throws Exception {
        Image vbt = Image.of(opRegion()).slice(0x2000, 0x1800);
        Image shorter =
                new Emitter()
                        .image(vbt.slice(0, 0x400))
                        .patch(0x18, Image.ofHex("0004"))
                        .patch(0x44, Image.ofHex("d003"))
                        .toImage();
        RomData data = RomData.NONE.withTreatAs(0x7d55).withPolicyVbt(shorter);
        Path built = build(HERE, List.of(asEdu()));
        assertThat(boot(with(built, data), "gop policy", List.of()))
                .contains(
                        "igdrom: opregion: none 0x0 0x0 0x800000000000000e",
                        "igdrom: vbt: rom 0x0 0x400")
                .anyMatch(line -> line.matches("igdrom: gop policy: done 0x\\w+ 0x400"));
        RomData broken =
                data.withPolicyVbt(Image.ofAscii("$VBT")).withOpRegion(Image.of(opRegion()));
        assertThat(boot(with(built, broken), "gop policy", List.of()))
                .contains(
                        "igdrom: vbt: invalid 0x0 0x4 0x8000000000000003",
                        "igdrom: vbt: found 0x2000 0x1800");
    }

    @Test
    void unknown_device_is_not_changed() throws Exception {
        RomData data = RomData.NONE.withTreatAs(0x1234).withOpRegion(Image.of(opRegion()));
        Path driver = with(build(HERE, List.of(asEdu())), data);
        List<String> files =
                List.of(
                        "etc/igd-opregion", file("opregion", opRegion()),
                        "etc/igd-bdsm-size", file("size", number(64L << 20)));
        assertThat(boot(driver, "generation", files).getLast())
                .isEqualTo("igdrom: generation: unknown 0x0 0x0");
    }

    private Path with(Path driver, RomData data) throws IOException {
        PeImage program =
                PeImage.read(Image.load(driver), Location.root("igdrom.efi"), new Diagnostics());
        Path output = directory.resolve("with-data.efi");
        try (OutputStream out = Files.newOutputStream(output)) {
            new Driver(program, Optional.empty()).with(data).program().raw().writeTo(out);
        }
        return output;
    }

    private List<String> bootModel(List<String> fwCfg) throws Exception {
        return bootModel(0, RomData.NONE, fwCfg, "512");
    }

    /// The lines of `model.c` on a machine with two devices.
    ///
    /// @param trials which of its trials to run
    private List<String> bootModel(int trials, RomData data, List<String> fwCfg, String memory)
            throws Exception {
        Path disk = directory.resolve("disk");
        Path program = disk.resolve("EFI/BOOT/BOOTX64.EFI");
        Path test = HERE.toRealPath().resolve("src/test/efi/model.c");
        Path sources = HERE.toRealPath().resolve("src/main/c/mem.c");
        String option = "-DTRIALS=" + trials;
        build(
                HERE,
                program,
                List.of(option, "efi_application", test.toString(), sources.toString()));
        List<String> more = new ArrayList<>();
        more.addAll(List.of("-m", memory));
        more.addAll(List.of("-device", "edu,romfile=" + directory.resolve("igd.rom")));
        more.addAll(List.of("-drive", "file=fat:rw:" + disk + ",format=raw,if=ide"));
        Path driver = with(build(HERE, List.of(asEdu())), data);
        return boot(driver, "model: done", fwCfg, more).stream()
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
        Path variables =
                Files.copy(
                        VARIABLES,
                        directory.resolve("variables.fd"),
                        StandardCopyOption.REPLACE_EXISTING);
        Path log = directory.resolve("log");
        Files.deleteIfExists(log);
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
