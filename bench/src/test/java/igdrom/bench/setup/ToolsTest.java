package igdrom.bench.setup;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.fetch.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsTest {
    @TempDir Path root;

    @Test
    void installed_qemu_is_used_when_it_is_suitable() throws IOException {
        Path good = program("/usr/bin", "11.0.0", "echo 'vfio-user-pci options:'");
        Tools tools = find(Map.of("PATH", "/bin:relative:/usr/bin"));
        assertThat(tools.refused()).isEmpty();
        assertThat(tools.qemu())
                .hasValue(
                        new Qemu(
                                "11.0.0",
                                List.of(good.toString()),
                                Map.of(),
                                null,
                                good.toString()));
    }

    @Test
    void unsuitable_qemus_are_listed_with_the_reason() throws IOException {
        Path old = program("/a", "7.2.22", "");
        Path without =
                program(
                        "/b",
                        "10.1.0",
                        "echo \"q: -device: Device 'vfio-user-pci' not found\"; exit 1");
        Path broken = program("/c", "10.1.0", "echo broken; echo more; exit 1");
        Path mute = program("/d", "", "");
        Tools tools = find(Map.of("PATH", "/a:/b:/c:/d:/e"));
        assertThat(tools.qemu()).isEmpty();
        assertThat(tools.refused())
                .containsExactly(
                        new Refusal(old.toString(), "is version 7.2.22, the minimum is 10.1"),
                        new Refusal(
                                without.toString(), "was built without the device vfio-user-pci"),
                        new Refusal(broken.toString(), "cannot be run: broken"),
                        new Refusal(mute.toString(), "does not print its version"));
    }

    @Test
    void named_qemu_is_the_only_one_considered() throws IOException {
        program("/usr/bin", "11.0.0", "echo 'vfio-user-pci options:'");
        Tools tools = find(Map.of("PATH", "/usr/bin", "IGDROM_QEMU", "/nonexistent/qemu"));
        assertThat(tools.qemu()).isEmpty();
        assertThat(tools.named()).isTrue();
        assertThat(tools.refused()).hasSize(1);
        assertThat(tools.refused().getFirst().toString())
                .startsWith("IGDROM_QEMU=/nonexistent/qemu: cannot be run: ");
    }

    @Test
    void kvm_works_when_a_guest_with_it_starts() throws IOException {
        String monitor =
                "read line; [ \"$line\" = quit ] && case \"$*\" in *'-accel kvm'*) exit %d; esac";
        assertThat(Qemu.installed(program("/a", "11.0.0", monitor.formatted(0))).runsKvm())
                .isTrue();
        assertThat(Qemu.installed(program("/b", "11.0.0", monitor.formatted(1))).runsKvm())
                .isFalse();
        assertThat(Qemu.installed(program("/c", "11.0.0", "exit 1")).runsKvm()).isFalse();
    }

    @Test
    void firmware_is_found_where_distributions_install_it() throws IOException {
        Path fedora = Files.createDirectories(root.resolve("usr/share/edk2/ovmf"));
        Files.writeString(fedora.resolve("OVMF_CODE.fd"), "code");
        assertThat(find(Map.of()).ovmf()).isEmpty();
        Files.writeString(fedora.resolve("OVMF_VARS.fd"), "vars");
        assertThat(find(Map.of()).ovmf().orElseThrow().vars()).hasContent("vars");
    }

    private Tools find(Map<String, String> variables) throws IOException {
        return Tools.find(new Environment(root, root.resolve("kept"), variables));
    }

    private Path program(String directory, String version, String device) throws IOException {
        Path file =
                Files.createDirectories(root.resolve(directory.substring(1)))
                        .resolve("qemu-system-x86_64");
        Files.writeString(
                file,
                """
                #!/bin/sh
                case "$*" in
                --version) echo '%s' ;;
                *) %s ;;
                esac
                """
                        .formatted(
                                version.isEmpty()
                                        ? "?"
                                        : "QEMU emulator version " + version + " (x)",
                                device.isEmpty() ? ":" : device));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toRealPath();
    }
}
