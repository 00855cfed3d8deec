package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Definitions below a root of their own.
class ConfigEditTest {
    private static final String CONF =
            """
            # caf\u00e9
            agent: 1
            bios: ovmf
            efidisk0: local-lvm:vm-100-disk-0,efitype=4m,pre-enrolled-keys=0,size=4M
            machine: pc-i440fx-10.1
            memory: 8192
            net0: virtio=AA:BB:CC:DD:EE:FF,bridge=vmbr0

            [clean]
            hostpci0: 0000:01:00.0
            vga: std
            """;

    @TempDir Path root;

    private Path conf = Path.of("");
    private Path rom = Path.of("");

    @BeforeEach
    void make_a_host() throws IOException {
        conf = Files.createDirectories(root.resolve("etc/pve/qemu-server")).resolve("100.conf");
        write(CONF);
        Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-r-----"));
        rom = Files.createDirectories(root.resolve("usr/share/kvm")).resolve("igd.rom");
        Session built =
                Session.of("build", "--device", "8086:46d1", "--no-gop", "-o", rom.toString());
        assertThat(built.code()).isEqualTo(ExitCode.OK);
    }

    private void write(String text) throws IOException {
        Files.write(conf, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String text() throws IOException {
        return new String(Files.readAllBytes(conf), StandardCharsets.ISO_8859_1);
    }

    private Session apply(String... more) {
        return config("--apply", more);
    }

    private Session rollback() {
        return config("--rollback");
    }

    private Session config(String what, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "config",
                                "--for=proxmox",
                                "--version=9",
                                "--root=" + root,
                                "--rom=" + rom,
                                "--vmid=100",
                                what));
        words.addAll(List.of(more));
        return Session.of(words.toArray(new String[0]));
    }

    @Test
    void applied_definition_has_the_gpu_and_shows_the_difference() throws IOException {
        Session session = apply();
        assertThat(session.err()).isEmpty();
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out())
                .contains(
                        conf + ":\n",
                        """

                        +cpu: host,phys-bits=39
                        +vga: none
                        +hostpci0: 0000:00:02.0,legacy-igd=1,romfile=igd.rom
                        +args: -set device.hostpci0.x-igd-legacy-mode=off\
                        """,
                        "written; the old definition is in " + root.resolve("var/lib/igdrom"));
        assertThat(text())
                .startsWith(CONF.substring(0, CONF.indexOf("\n\n[clean]")))
                .endsWith(CONF.substring(CONF.indexOf("\n[clean]")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(conf)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void applied_twice_is_applied_once() throws IOException {
        apply();
        String once = text();
        Session session = apply();
        assertThat(session.out()).contains(conf + ": nothing to change");
        assertThat(text()).isEqualTo(once);
        rollback();
        assertThat(text()).isEqualTo(CONF);
    }

    @Test
    void rollback_restores_every_byte_and_leaves_nothing() throws IOException {
        apply();
        Session session = rollback();
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(text()).isEqualTo(CONF);
        try (Stream<Path> left = Files.list(root.resolve("var/lib/igdrom"))) {
            assertThat(left).isEmpty();
        }
        assertThat(rollback().err())
                .isEqualTo(
                        "igdrom: "
                                + conf
                                + " stays as it is: igdrom has not changed it, or has undone"
                                + " that\n");
    }

    @Test
    void rollback_of_a_definition_that_was_changed_since_is_refused() throws IOException {
        apply();
        write(text().replace("memory: 8192", "memory: 4096"));
        String changed = text();
        Session session = rollback();
        assertThat(session.code()).isEqualTo(ExitCode.NO);
        assertThat(session.err()).contains("it was changed since");
        assertThat(text()).isEqualTo(changed);
    }

    @Test
    void second_change_still_rolls_back_to_the_first_definition() throws IOException {
        apply();
        apply("--guest=windows");
        Path other = rom.resolveSibling("other.rom");
        Files.copy(rom, other);
        Session session =
                Session.of(
                        "config",
                        "--for=proxmox",
                        "--version=9",
                        "--root=" + root,
                        "--rom=" + other,
                        "--vmid=100",
                        "--apply");
        assertThat(session.out())
                .contains("+hostpci0: 0000:00:02.0,legacy-igd=1,romfile=other.rom");
        rollback();
        assertThat(text()).isEqualTo(CONF);
    }

    @Test
    void running_locked_and_taken_vms_stay_as_they_are() throws IOException {
        Path pid = Files.createDirectories(root.resolve("run/qemu-server")).resolve("100.pid");
        Files.writeString(pid, "1");
        refused("the guest is running: shut it down first");
        Files.delete(pid);
        write("lock: backup\n" + CONF);
        refused("the VM is locked (lock: backup)");
        write("hostpci0: 0000:01:00.0\n" + CONF);
        refused("hostpci0 is another device: 0000:01:00.0");
        write("args: -device e1000,id=nic,bus=pci.0,addr=02.0\n" + CONF);
        refused("nic is in slot 2, where the GPU belongs");
        write(CONF + "\n[PENDING]\nmachine: q35\n");
        refused("changes wait for the next start (qm pending)");
        write(CONF);
        Files.writeString(
                Files.createDirectories(root.resolve("var/lib/vz/snippets"))
                        .resolve("igdrom-100.sh"),
                "#!/bin/sh\n");
        refused(
                root.resolve("var/lib/vz/snippets/igdrom-100.sh")
                        + " is another file (--force replaces it");
    }

    private void refused(String reason) throws IOException {
        String before = text();
        Session session = apply();
        assertThat(session.code()).isEqualTo(ExitCode.NO);
        assertThat(session.err()).contains(conf + " stays as it is: " + reason);
        assertThat(text()).isEqualTo(before);
        assertThat(Files.exists(root.resolve("var/lib/igdrom"))).isFalse();
    }

    @Test
    void vm_with_seabios_is_not_switched_to_uefi() throws IOException {
        write(CONF.replace("bios: ovmf\n", ""));
        String before = text();
        Session session = apply();
        assertThat(session.code()).isEqualTo(ExitCode.NO);
        assertThat(session.err()).contains("has no VGA BIOS: SeaBIOS starts nothing else");
        assertThat(text()).isEqualTo(before);
    }

    @Test
    void definition_of_another_hypervisor_is_a_usage_error() throws IOException {
        Path script = Files.writeString(root.resolve("run.sh"), "bhyve -s 0,hostbridge vm\n");
        assertThat(Session.of("config", "--for=bhyve", "--apply", "--vm=" + script).code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(
                        Session.of(
                                        "config",
                                        "--for=libvirt",
                                        "--root=" + root,
                                        "--apply",
                                        "--vm=" + conf)
                                .err())
                .contains("is a definition of Proxmox VE");
    }

    @Test
    void definition_of_libvirt_is_changed_and_restored() throws IOException {
        Path images = Files.createDirectories(root.resolve("var/lib/libvirt/qemu"));
        Files.copy(rom, images.resolve("igd.rom"));
        String domain =
                "<domain type='kvm'>\n  <name>guest</name>\n  <os firmware='efi'>"
                        + "<type machine='q35'>hvm</type></os>\n  <devices>\n  </devices>\n"
                        + "</domain>\n";
        Path file = Files.writeString(root.resolve("guest.xml"), domain);
        String[] words = {
            "config",
            "--for=libvirt",
            "--version=10.1",
            "--root=" + root,
            "--rom=" + rom,
            "--vm=" + file,
            "--apply"
        };
        Session session = Session.of(words);
        assertThat(session.err()).isEmpty();
        assertThat(Files.readString(file))
                .contains(
                        "<qemu:property name='x-igd-opregion' type='bool' value='true'/>",
                        "<address type='pci' domain='0x0000' bus='0x00' slot='0x02'");
        String once = Files.readString(file);
        Session.of(words);
        assertThat(Files.readString(file)).isEqualTo(once);
        Path pid = Files.createDirectories(root.resolve("run/libvirt/qemu")).resolve("guest.pid");
        Files.writeString(pid, "1");
        words[6] = "--rollback";
        assertThat(Session.of(words).err()).contains("the guest is running");
        Files.delete(pid);
        assertThat(Session.of(words).code()).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(file)).isEqualTo(domain);
    }

    @Test
    void backup_that_cannot_be_written_leaves_the_definition() throws IOException {
        Files.writeString(Files.createDirectories(root.resolve("var/lib")).resolve("igdrom"), "");
        Session session = apply();
        assertThat(session.code()).isEqualTo(ExitCode.MACHINE);
        assertThat(text()).isEqualTo(CONF);
    }
}
