package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A host with Proxmox VE below a directory, and a ROM elsewhere.
record ProxmoxHost(Path root, Path rom) {
    static final String CONF =
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

    /// Makes the host with a VM 100 and a VM 101.
    static ProxmoxHost in(Path root, Path elsewhere) throws IOException {
        ProxmoxHost host = new ProxmoxHost(root, elsewhere.resolve("igd.rom"));
        Files.createDirectories(root.resolve("etc/pve/qemu-server"));
        for (int vmid : List.of(100, 101)) {
            host.write(vmid, CONF);
            Files.setPosixFilePermissions(
                    host.conf(vmid), PosixFilePermissions.fromString("rw-r-----"));
        }
        Session built =
                Session.of(
                        "build",
                        "--device",
                        "8086:46d1",
                        "--no-gop",
                        "--force",
                        "-o",
                        host.rom.toString());
        assertThat(built.code()).isEqualTo(ExitCode.OK);
        return host;
    }

    Path conf(int vmid) {
        return root.resolve("etc/pve/qemu-server/" + vmid + ".conf");
    }

    Path placedRom() {
        return root.resolve("usr/share/kvm").resolve(rom.getFileName());
    }

    Path hook(int vmid) {
        return root.resolve("var/lib/vz/snippets/igdrom-" + vmid + ".sh");
    }

    void write(int vmid, String text) throws IOException {
        Files.write(conf(vmid), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    String text(int vmid) throws IOException {
        return Files.readString(conf(vmid), StandardCharsets.ISO_8859_1);
    }

    /// The words of a command line about a VM.
    List<String> words(int vmid, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "config",
                                "--for=proxmox",
                                "--version=9",
                                "--root=" + root,
                                "--rom=" + rom,
                                "--vmid=" + vmid));
        words.addAll(List.of(more));
        return words;
    }

    Session run(int vmid, String... more) {
        return Session.of(words(vmid, more).toArray(new String[0]));
    }

    /// Every file and directory below the root, with mode and content.
    Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                String hash = Files.isRegularFile(path) ? Image.load(path).sha256() : "";
                tree.put(root.relativize(path).toString(), mode + " " + hash);
            }
        }
        return tree;
    }
}
