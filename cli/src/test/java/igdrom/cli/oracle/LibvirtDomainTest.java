package igdrom.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.cli.Main;
import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Domains that a real libvirt keeps are changed and restored with its own virsh.
class LibvirtDomainTest {
    private static final String DOMAIN =
            """
            <domain type='qemu'>
              <name>guest</name><memory unit='GiB'>8</memory><vcpu>4</vcpu>
              <os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type></os>
              <features><acpi/><apic/></features>
              <cpu mode='host-passthrough'/>
              <devices>
                <emulator>/usr/bin/qemu-system-x86_64</emulator>
                <controller type='usb' model='qemu-xhci'/>
                <graphics type='vnc' passwd='secret'/>
                <video><model type='virtio'/></video>
              </devices>
            </domain>
            """;

    @TempDir Path directory;

    private Path bin = Path.of("");
    private Path root = Path.of("");
    private Path rom = Path.of("");

    @BeforeEach
    void build_a_rom() throws IOException {
        bin = Files.createDirectory(directory.resolve("bin"));
        root = Files.createDirectory(directory.resolve("root"));
        rom = directory.resolve("igd.rom");
        Session built =
                Session.of("build", "--device", "8086:46d1", "--no-gop", "-o", rom.toString());
        assertThat(built.code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void machine_without_virsh_is_said() throws Exception {
        Oracles.Answer answer = igdrom("--apply");
        assertThat(answer.code()).isEqualTo(ExitCode.MACHINE.number());
        assertThat(answer.text())
                .isEqualTo(
                        "igdrom: virsh cannot be started: install libvirt-clients, or change the"
                                + " XML in a file");
    }

    @Test
    void libvirt_of_another_machine_is_refused() throws Exception {
        Oracles.Answer answer = igdrom("--apply", "--connect=qemu+ssh://server/system");
        assertThat(answer.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(answer.text())
                .isEqualTo(
                        "igdrom: qemu+ssh://server/system is not on this machine, where the ROM"
                                + " would be placed");
    }

    @Test
    void domain_is_changed_once_and_restored_exactly() throws Exception {
        for (LibvirtTree tree : trees()) {
            Path state = Files.createDirectory(directory.resolve(tree.tree().getFileName()));
            tree.install(bin, state);
            define(DOMAIN);
            String before = dump();
            assertThat(before).contains("passwd='secret'");

            Oracles.Answer applied = igdrom("--apply", "--version=10.1");
            assertThat(applied.text())
                    .contains("+    <hostdev", " placed", "libvirtd finds a new hook")
                    .contains("passwd='***'")
                    .doesNotContain("passwd='secret'");
            assertThat(applied.code()).isZero();
            String once = dump();
            assertThat(once)
                    .contains(
                            "<alias name='ua-igd'/>",
                            "file='/var/lib/libvirt/qemu/igd.rom'",
                            "<qemu:property name='x-igd-opregion' type='bool' value='true'/>",
                            "<model type='none'/>",
                            "model='qemu-xhci'")
                    .doesNotContain("type='vnc'");
            assertThat(root.resolve("var/lib/libvirt/qemu/igd.rom")).hasSameBinaryContentAs(rom);
            assertThat(Files.isExecutable(root.resolve("etc/libvirt/hooks/qemu.d/igdrom-guest")))
                    .isTrue();

            assertThat(igdrom("--apply", "--version=10.1").text()).contains("nothing to change");
            assertThat(dump()).isEqualTo(once);

            Oracles.Answer restored = igdrom("--rollback");
            assertThat(restored.code()).as(restored.text()).isZero();
            assertThat(dump()).isEqualTo(before);
            assertThat(root.resolve("var/lib/libvirt/qemu/igd.rom")).doesNotExist();
            assertThat(root.resolve("etc")).doesNotExist();
            assertThat(root.resolve("var/lib/igdrom")).isEmptyDirectory();
        }
    }

    @Test
    void domain_that_was_changed_since_is_not_restored() throws Exception {
        LibvirtTree tree = trees().getFirst();
        tree.install(bin, Files.createDirectory(directory.resolve("state")));
        define(DOMAIN);
        assertThat(igdrom("--apply", "--version=10.1").code()).isZero();
        String changed = dump().replace("<vcpu placement='static'>4", "<vcpu placement='static'>2");
        define(changed);
        Oracles.Answer answer = igdrom("--rollback");
        assertThat(answer.code()).isEqualTo(ExitCode.NO.number());
        assertThat(answer.text()).contains("domain guest stays as it is: it was changed since");
        assertThat(dump()).isEqualTo(changed);
        assertThat(igdrom("--apply", "--domain=other").text())
                .contains("igdrom: virsh dumpxml: failed to get domain 'other'");
    }

    private static List<LibvirtTree> trees() {
        List<LibvirtTree> trees = LibvirtTree.all();
        assumeTrue(!trees.isEmpty(), "no tree with libvirt in IGDROM_TREES");
        assumeTrue("root".equals(System.getProperty("user.name")), "not root");
        return trees;
    }

    private void define(String domain) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("domain.xml"), domain);
        Process process =
                new ProcessBuilder(
                                bin.resolve("virsh").toString(),
                                "-c",
                                LibvirtTree.URI,
                                "define",
                                "/dev/stdin")
                        .redirectInput(file.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private String dump() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                bin.resolve("virsh").toString(),
                                "-c",
                                LibvirtTree.URI,
                                "dumpxml",
                                "--inactive",
                                "--security-info",
                                "guest")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text;
    }

    /// Runs igdrom with the virsh of the test and no other.
    private Oracles.Answer igdrom(String... more) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:-UsePerfData",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "config",
                                "--for=libvirt",
                                "--root=" + root,
                                "--rom=" + rom));
        command.addAll(List.of(more));
        if (!List.of(more).toString().contains("--domain")) {
            command.add("--domain=guest");
        }
        if (!List.of(more).toString().contains("--connect")) {
            command.add("--connect=" + LibvirtTree.URI);
        }
        boolean installed = Files.exists(bin.resolve("virsh"));
        command.addFirst("PATH=" + bin + (installed ? ":/usr/sbin:/usr/bin:/sbin:/bin" : ""));
        command.addFirst("/usr/bin/env");
        return Oracles.run(command);
    }
}
