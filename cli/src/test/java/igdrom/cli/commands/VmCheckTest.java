package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `igdrom doctor` with a definition of a virtual machine.
class VmCheckTest {
    @TempDir Path root;

    private Path conf = Path.of("");

    @BeforeEach
    void make_a_host() throws IOException {
        Path directory = Files.createDirectories(root.resolve("etc/pve/qemu-server"));
        conf = directory.resolve("100.conf");
        Files.writeString(
                conf,
                """
                # a guest
                bios: ovmf
                machine: pc-i440fx-10.1
                memory: 8192
                vga: std
                hostpci0: 0000:00:02.0,legacy-igd=1,romfile=igd.rom
                args: -set device.hostpci0.x-igd-legacy-mode=1 -set device.hostpci0.x-igd-lpc=on

                [snapshot]
                vga: none
                """);
    }

    @Test
    void vm_of_proxmox_is_found_by_its_number_and_each_error_names_its_line() {
        Session session = Session.of("doctor", "--root=" + root, "--vmid=100");
        assertThat(session.code()).isEqualTo(ExitCode.NO);
        assertThat(session.out())
                .startsWith(
                        conf
                                + ": Proxmox VE, machine pc, 0000:00:02.0 with"
                                + " /usr/share/kvm/igd.rom\n")
                .contains(
                        """
                          error    line 5: display: an emulated display is in slot 2 of machine pc, \
                        where the IGD belongs
                                     vga: std
                              says:  slot 2 function 0 not available for vfio-pci, in use by VGA
                              fix:   remove it (no emulated display)
                        """,
                        """
                              says:  legacy IGD assignment requires VGA mode to be 'none'
                              fix:   set vga: none
                        """,
                        """
                          error    line 6: romfile: there is no /usr/share/kvm/igd.rom
                        """,
                        """
                          error    line 7: x-igd-legacy-mode: takes on, off or auto, not '1'
                        """);
    }

    @Test
    void json_has_the_line_the_message_and_the_fix() {
        Session session = Session.of("doctor", "--root=" + root, "--vm=" + conf, "--json");
        assertThat(session.out())
                .contains(
                        "\"hypervisor\":\"proxmox\",\"machine\":\"pc\",\"igd\":\"0000:00:02.0\"",
                        "{\"severity\":\"error\",\"line\":7,\"subject\":\"x-igd-legacy-mode\"");
    }

    @Test
    void definition_without_errors_is_exit_0() throws IOException {
        Path file = goodDefinition();
        String rom = root.resolve("igd.rom").toString();
        Session session = Session.of("doctor", "--root=" + root, "--vm=" + file, "--rom=" + rom);
        assertThat(session.out()).contains("nothing is wrong with it, as far as its text shows");
        assertThat(session.code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void problems_of_the_host_are_shown_too() throws IOException {
        MadeTree.make(root, "made-cfl", "made-cfl-pve8");
        Session session = Session.of("doctor", "--root=" + root, "--vmid=100");
        assertThat(session.out())
                .contains(
                        "legacy IGD assignment requires VGA mode to be 'none'",
                        """

                        this host: 8086:3e98, Coffee Lake, UHD Graphics 630
                          ! vfio-pci       disable_vga is set\
                        """,
                        "fix: update to Proxmox VE 9, which has QEMU 10\n")
                .doesNotContain("boot-mode")
                .endsWith("\nyes: this host can hand its IGD to a guest\n");
        Path page = root.resolve("vm.html");
        Session json =
                Session.of("doctor", "--root=" + root, "--vmid=100", "--json", "--html=" + page);
        assertThat(json.out()).contains("\"host\":{\"source\":\"machine\"", "\"id\":\"vfio-pci\"");
        assertThat(Files.readString(page))
                .contains(">BAD</p>", "line 5, display", "<h2>The host</h2>", ">YES</p>");
    }

    @Test
    void good_definition_on_a_host_without_graphics_is_a_no() throws IOException {
        MadeTree.make(root, "made-cfl", "made-no-igd");
        Path good = goodDefinition();
        Session session = Session.of("doctor", "--root=" + root, "--vm=" + good);
        assertThat(session.out())
                .contains("this host: no Intel graphics\n  ✗ device")
                .endsWith("\nno: this host cannot hand over an IGD before this is fixed: device\n");
        assertThat(session.code()).isEqualTo(ExitCode.NO);
    }

    @Test
    void guest_with_a_virtual_function_leaves_the_host_its_driver() throws IOException {
        MadeTree.make(root, "made-cfl", "made-adln-sriov");
        Files.writeString(
                conf,
                """
                bios: ovmf
                machine: q35
                hostpci0: 0000:00:02.1,pcie=1,rombar=0
                """);
        Session session = Session.of("doctor", "--root=" + root, "--vmid=100");
        assertThat(session.out())
                .contains("\nthis host: 8086:46d1, Alder Lake-N")
                .doesNotContain("! driver", "! opregion")
                .endsWith("\nyes: this host can hand its IGD to a guest\n");
    }

    private Path goodDefinition() throws IOException {
        Path rom = root.resolve("igd.rom");
        Session.of("build", "--device", "8086:46d1", "--no-gop", "-o", rom.toString());
        Path file = root.resolve("run.sh");
        Session written =
                Session.of(
                        "config",
                        "--for=qemu",
                        "--version=11.1",
                        "--root=" + Files.createDirectories(root.resolve("nothing")),
                        "--rom=" + rom);
        String text = written.out();
        Files.writeString(file, text.substring(text.indexOf("#!"), text.indexOf("\n2. ")));
        return file;
    }

    @Test
    void file_that_is_no_definition_is_malformed() throws IOException {
        Path file = Files.writeString(root.resolve("notes"), "buy milk");
        Session session = Session.of("doctor", "--root=" + root, "--vm=" + file);
        assertThat(session.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(session.err()).contains("is neither a command line of QEMU or bhyve");
    }

    @Test
    void number_without_a_vm_is_a_file_that_is_missing() {
        Session session = Session.of("doctor", "--root=" + root, "--vmid=101");
        assertThat(session.code()).isEqualTo(ExitCode.MACHINE);
        assertThat(session.err()).contains("101.conf: no such file");
    }
}
