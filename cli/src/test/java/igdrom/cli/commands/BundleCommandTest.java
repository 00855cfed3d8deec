package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.json.JacksonFormat;
import igdrom.host.SnapshotJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleCommandTest {
    private static final Path REPORT =
            Path.of(
                    "../driver/src/test/resources/igdrom/driver/DriverFuzzTestInputs",
                    "report_reads_or_is_refused/report");

    /// Shorter pieces of firmware also occur elsewhere.
    private static final int WINDOW = 12;

    private static final String NAME = "muriels-server";

    @TempDir Path directory;

    private Path tree = Path.of("");
    private Path parts = Path.of("");

    @BeforeEach
    void make_a_host_with_a_rom_and_a_vm() throws IOException {
        tree = Files.createDirectories(directory.resolve("tree"));
        MadeTree.make(tree, "made-cfl", "made-cfl-pve9");
        write("proc/sys/kernel/hostname", NAME + "\n");
        write(
                "etc/pve/qemu-server/100.conf",
                """
                name: muriel
                machine: pc-i440fx-10.1
                bios: ovmf
                memory: 8192
                vga: none
                smbios1: uuid=3dd750ce-d910-44d0-9493-525c0be4e687
                net0: virtio=BC:24:11:5A:B1:C2,bridge=vmbr0
                ide2: /home/muriel/win.iso,media=cdrom
                hostpci0: 0000:00:02.0,legacy-igd=1,romfile=igd.rom
                """);
        parts = directory.resolve("home-of-muriel");
        assertThat(Session.of("demo", "--no-test", "-o", parts.toString()).code())
                .isEqualTo(ExitCode.OK);
    }

    private void write(String path, String text) throws IOException {
        Path file = tree.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    @Test
    void files_are_listed_with_what_was_removed_and_then_written() throws IOException {
        Session session = everything("-o", zip().toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out().replaceAll(" +[0-9.]+ (bytes|KiB)", " N"))
                .isEqualTo(
                        zip()
                                + """
                                : 8 files, N
                                  manifest.json N  versions, and this list
                                  snapshot.json N  the facts about the host
                                    without serial numbers, UUIDs, MAC addresses, labels, the host \
                                name (when it was read); the OpRegion and the VBT
                                  doctor.json N  what igdrom doctor says about them
                                  inspect.json N  what is in demo.bin
                                    without GOPs, VGA BIOSes and all other code
                                  verify.json N  what igdrom verify says about igd.rom
                                    without the ROM itself
                                  driver-report.json N  what the driver did in the guest
                                  vm.txt N  the definition of the VM, 100.conf
                                    without names and comments (1); paths below home directories \
                                (1); serial numbers, UUIDs and MAC addresses (2)
                                  vm-check.json N  what igdrom doctor says about it
                                """);
        assertThat(session.err()).isEqualTo("note: --with-vbt adds the OpRegion and the VBTs\n");
        Map<String, Image> files = files();
        assertThat(files.keySet())
                .containsExactlyInAnyOrder(
                        "manifest.json",
                        "snapshot.json",
                        "doctor.json",
                        "inspect.json",
                        "verify.json",
                        "driver-report.json",
                        "vm.txt",
                        "vm-check.json");
        for (Map.Entry<String, Image> file : files.entrySet()) {
            if (file.getKey().endsWith(".json")) {
                assertThat(file.getValue().latin1())
                        .startsWith("{\n  \"schema\" : 1,\n")
                        .endsWith("\n}\n");
            }
        }
        assertThat(file("manifest.json").latin1())
                .contains("\"igdrom\" : ", "\"java\" : ", "\"system\" : ");
    }

    @Test
    void without_a_name_nothing_is_written() throws IOException {
        Session session = bundle();
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out()).startsWith("the bundle: 3 files, ");
        assertThat(session.err()).contains("note: nothing was written, --output names the archive");
        assertThat(zip()).doesNotExist();
    }

    @Test
    void archive_is_replaced_only_with_force() throws IOException {
        Files.writeString(zip(), "mine");
        assertThat(bundle("-o", zip().toString()))
                .isEqualTo(Session.failed(ExitCode.USAGE, zip() + " exists (--force replaces it)"));
        assertThat(zip()).hasContent("mine");
        assertThat(bundle("-o", zip().toString(), "--force").code()).isEqualTo(ExitCode.OK);
        assertThat(files()).containsKey("snapshot.json");
    }

    @Test
    void nothing_of_the_firmware_is_inside() throws IOException {
        assertThat(everything("-o", zip().toString()).code()).isEqualTo(ExitCode.OK);
        Set<String> windows = firmwareWindows();
        for (Map.Entry<String, Image> file : files().entrySet()) {
            assertThat(shared(file.getValue(), windows)).as(file.getKey()).isEmpty();
        }
    }

    /// The test above can fail: the tables are found when they are inside.
    @Test
    void tables_are_inside_when_they_are_asked_for() throws IOException {
        Session session = everything("-o", zip().toString(), "--with-vbt");
        assertThat(session.err()).isEmpty();
        Map<String, Image> files = files();
        assertThat(files).containsKey("vbt-1.bin");
        assertThat(file("vbt-1.bin"))
                .isEqualTo(Image.load(parts.resolve("parts/vbt-alderlake-p.bin")));
        Set<String> windows = firmwareWindows();
        assertThat(shared(file("vbt-1.bin"), windows)).isNotEmpty();
        assertThat(shared(file("snapshot.json"), windows)).isNotEmpty();
        assertThat(shared(file("inspect.json"), windows)).isEmpty();
    }

    @Test
    void nothing_inside_says_whose_machine_it_is() throws IOException {
        Path log = tree.resolve("dmesg.txt");
        Files.writeString(
                log,
                "[    0.000000] Linux version 6.14.8-2-pve\n[    1.0] systemd[1]: Hostname set to <"
                        + NAME
                        + ">.\n");
        assertThat(everything("-o", zip().toString(), "--with-vbt").code()).isEqualTo(ExitCode.OK);
        for (Map.Entry<String, Image> file : files().entrySet()) {
            assertThat(file.getValue().latin1())
                    .as(file.getKey())
                    .doesNotContainIgnoringCase("muriel")
                    .doesNotContain("BC:24:11", "3dd750ce");
        }
    }

    @Test
    void doctor_judges_the_host_of_a_bundle_like_the_host_itself() throws IOException {
        assertThat(everything("-o", zip().toString()).code()).isEqualTo(ExitCode.OK);
        Path snapshot = directory.resolve("snapshot.json");
        Files.write(snapshot, file("snapshot.json").toByteArray());
        Session bundled = Session.of("doctor", "--from", zip().toString());
        Session recorded = Session.of("doctor", "--snapshot", snapshot.toString());
        assertThat(verdict(bundled).replace(zip().toString(), snapshot.toString()))
                .isEqualTo(verdict(recorded));
        assertThat(bundled.code()).isEqualTo(recorded.code());
        assertThat(Session.of("doctor", "--json", "--from", zip().toString()).out())
                .contains("{\"name\":\"snapshot.json\",\"kinds\":[\"snapshot\"],\"problem\":null}")
                .contains("{\"name\":\"vm.txt\",\"kinds\":[\"igdrom-bundle\"],\"problem\":null}");
    }

    /// Without the commands, which name the source in their own ways.
    private static String verdict(Session doctor) {
        return doctor.out().substring(0, doctor.out().indexOf("\nNext:"));
    }

    @Test
    void same_inputs_make_the_same_archive() throws IOException {
        assertThat(everything("-o", zip().toString()).code()).isEqualTo(ExitCode.OK);
        Image first = Image.load(zip());
        assertThat(everything("-o", zip().toString(), "--force").code()).isEqualTo(ExitCode.OK);
        assertThat(Image.load(zip())).isEqualTo(first);
    }

    @Test
    void doctor_reads_texts_in_any_archive() throws IOException {
        archive(
                "logs/lspci.txt",
                """
                00:00.0 Host bridge [0600]: Intel [8086:3ec2]
                00:02.0 VGA compatible controller [0300]: Intel [8086:3e92]
                """);
        assertThat(Session.of("doctor", "--from", zip().toString()).out())
                .startsWith(zip() + ": 8086:3e92");
    }

    @Test
    void hostile_archive_is_malformed() throws IOException {
        archive("../lspci", "00:00.0 Host bridge [0600]: Intel [8086:3ec2]\n");
        assertThat(Session.of("doctor", "--from", zip().toString()))
                .isEqualTo(
                        Session.failed(
                                ExitCode.MALFORMED,
                                "out.zip +0x0: \"../lspci\" is not a plain relative path"));
    }

    private void archive(String name, String text) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip()))) {
            out.putNextEntry(new ZipEntry(name));
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void inputs_that_cannot_be_read_are_reported_too() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.rom"), "no ROM");
        Session session =
                bundle(
                        "--rom",
                        broken.toString(),
                        "--report",
                        broken.toString(),
                        "--vm",
                        broken.toString(),
                        "-o",
                        zip().toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        Map<String, Image> files = files();
        assertThat(files).doesNotContainKey("vm.txt");
        for (String name : List.of("verify.json", "driver-report.json", "vm-check.json")) {
            assertThat(file(name).latin1())
                    .contains("\"error\" : \"broken.rom", "\"exitCode\" : 3");
        }
    }

    @Test
    void snapshot_from_elsewhere_is_cleaned_too() throws IOException {
        Path snapshot = directory.resolve("host.json");
        Session recorded = Session.of("snapshot", "--root", tree.toString());
        Files.writeString(
                snapshot,
                recorded.out()
                        .replaceFirst(
                                "(\"commandLine\" : \\{\\s+\"value\" : \")[^\"]*",
                                "$1root=UUID=3f1b7c52-8a4e-4d0b-9e67-5c2d1a0f8b93 intel_iommu=on"));
        assertThat(Files.readString(snapshot)).contains("3f1b7c52");
        Session session =
                Session.of("bundle", "--snapshot", snapshot.toString(), "-o", zip().toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(file("snapshot.json").latin1())
                .contains("root=<removed> intel_iommu=on")
                .doesNotContain("3f1b7c52");
    }

    @Test
    void json_lists_the_same_files() throws IOException {
        Session session = bundle("--json", "-o", zip().toString());
        assertThat(session.out())
                .startsWith("{\"schema\":1,\"output\":\"" + zip() + "\",\"size\":")
                .contains(
                        "\"tablesLeftOut\":true,\"files\":[{\"name\":\"manifest.json\",\"size\":");
    }

    /// Every piece of the GOP, the VGA BIOS, the VBTs and the OpRegion that could be recognised.
    private Set<String> firmwareWindows() throws IOException {
        Set<String> windows = new HashSet<>();
        List<Image> firmware = new ArrayList<>();
        firmware.add(Image.load(parts.resolve("igd.rom")));
        for (String part : List.of("gop-21.0.1066-x64.efi", "vbt-alderlake-p.bin")) {
            firmware.add(Image.load(parts.resolve("parts").resolve(part)));
        }
        firmware.add(
                SnapshotJson.read(
                                Image.ofAscii(
                                        Session.of("snapshot", "--root", tree.toString()).out()),
                                "host.json",
                                new JacksonFormat())
                        .opRegion()
                        .value()
                        .orElseThrow());
        for (Image image : firmware) {
            windows.addAll(windows(image));
        }
        return windows;
    }

    /// Pieces of bytes that no text has: not letters, and not the same byte again and again.
    private static Set<String> windows(Image image) {
        Set<String> windows = new HashSet<>();
        for (long at = 0; at + WINDOW <= image.size(); at++) {
            byte[] bytes = image.slice(at, WINDOW).toByteArray();
            Set<Byte> different = new HashSet<>();
            int binary = 0;
            for (byte each : bytes) {
                different.add(each);
                binary += each < ' ' ? 1 : 0;
            }
            if (different.size() >= WINDOW / 2 && binary >= WINDOW / 4) {
                windows.add(HexFormat.of().formatHex(bytes));
            }
        }
        return windows;
    }

    /// The windows that occur in a file, as bytes or as hexadecimal digits.
    private static Set<String> shared(Image file, Set<String> windows) {
        Set<String> found = windows(file);
        String text = file.latin1();
        for (int at = 0; at + 2 * WINDOW <= text.length(); at++) {
            found.add(text.substring(at, at + 2 * WINDOW));
        }
        found.retainAll(windows);
        return found;
    }

    private Path zip() {
        return directory.resolve("out.zip");
    }

    private Image file(String name) throws IOException {
        return Objects.requireNonNull(files().get(name), name);
    }

    private Map<String, Image> files() throws IOException {
        Map<String, Image> files = new TreeMap<>();
        try (ZipFile archive = new ZipFile(zip().toFile())) {
            for (ZipEntry entry : Collections.list(archive.entries())) {
                try (InputStream in = archive.getInputStream(entry)) {
                    files.put(entry.getName(), Image.of(in.readAllBytes()));
                }
            }
        }
        return files;
    }

    private Session everything(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--firmware",
                                parts.resolve("demo.bin").toString(),
                                "--rom",
                                parts.resolve("igd.rom").toString(),
                                "--report",
                                REPORT.toString(),
                                "--vmid",
                                "100"));
        arguments.addAll(List.of(more));
        return bundle(arguments.toArray(new String[0]));
    }

    private Session bundle(String... more) {
        List<String> arguments = new ArrayList<>(List.of("bundle", "--root", tree.toString()));
        arguments.addAll(List.of(more));
        return Session.of(arguments.toArray(new String[0]));
    }
}
