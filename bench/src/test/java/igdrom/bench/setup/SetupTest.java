package igdrom.bench.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.fetch.ArchiveException;
import igdrom.fetch.Environment;
import igdrom.fetch.Fetched;
import igdrom.fetch.ProgressListener;
import igdrom.fetch.testing.TestArchive;
import igdrom.fetch.testing.TestPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {
    private static final List<Component> BOTH = List.of(Component.QEMU, Component.OVMF);

    @TempDir Path directory;

    private final List<String> progress = new ArrayList<>();
    private TestArchive archive;
    private Environment environment;

    @BeforeEach
    void start_an_archive() throws IOException {
        archive = QemuArchive.withQemu("11.1.3");
        Path root = Files.createDirectory(directory.resolve("root"));
        environment = new Environment(root, directory.resolve("kept"), Map.of());
    }

    @AfterEach
    void stop_the_archive() throws IOException {
        archive.close();
    }

    @Test
    void qemu_and_ovmf_are_fetched_and_found() throws IOException {
        Fetched fetched = fetch(BOTH);
        assertThat(fetched.packages())
                .containsExactly(
                        "qemu-system-x86 1:11.1.3",
                        "libc6 2.41",
                        "qemu-system-common 1:11.1.3",
                        "qemu-system-data 1:11.1.3",
                        "seabios 1",
                        "ovmf 2025.02-8");
        Tools tools = Tools.find(environment);
        Qemu qemu = tools.qemu().orElseThrow();
        assertThat(qemu.version()).isEqualTo("11.1.3");
        assertThat(qemu.command().getFirst()).endsWith("/ld-linux-x86-64.so.2");
        Ovmf ovmf = tools.ovmf().orElseThrow();
        assertThat(ovmf.code()).hasContent("code");
        assertThat(ovmf.vars()).hasContent("vars");
        assertThat(tools.refused()).isEmpty();
        assertThat(storedFiles())
                .containsExactly(
                        "lock",
                        "ovmf",
                        "ovmf-/igdrom-manifest",
                        "ovmf-/usr/share/OVMF/OVMF_CODE_4M.fd",
                        "ovmf-/usr/share/OVMF/OVMF_VARS_4M.fd",
                        "qemu",
                        "qemu-/igdrom-manifest",
                        "qemu-/usr/bin/qemu-system-x86_64",
                        "qemu-/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
                        "qemu-/usr/lib/x86_64-linux-gnu/libc.so.6",
                        "qemu-/usr/lib/x86_64-linux-gnu/qemu/accel-tcg-x86_64.so",
                        "qemu-/usr/share/qemu/kvmvapic.bin",
                        "qemu-/usr/share/seabios/vgabios.bin");
        assertThat(progress)
                .containsExactly(
                        "asking " + archive.url(),
                        "reading the package lists",
                        "fetching 6 packages",
                        "extracting qemu",
                        "extracting ovmf");
    }

    @Test
    void kernel_is_fetched_with_its_modules_and_a_shell() throws IOException {
        String modules = "./usr/lib/modules/6.12.1-amd64/kernel/";
        archive.add(
                        "trixie",
                        "linux-image-amd64",
                        "6.12.1-1",
                        "kernel",
                        "linux-image-6.12.1-amd64 (= 6.12.1-1)",
                        new TestPackage())
                .add(
                        "trixie",
                        "linux-image-6.12.1-amd64",
                        "6.12.1-1",
                        "kernel",
                        "kmod, initramfs-tools | linux-initramfs-tool",
                        new TestPackage()
                                .file("./boot/vmlinuz-6.12.1-amd64", "kernel")
                                .file("./boot/System.map-6.12.1-amd64", "not wanted")
                                .file(modules + "drivers/gpu/drm/i915/i915.ko.xz", "i915")
                                .file(modules + "drivers/gpu/drm/drm.ko.xz", "drm")
                                .file(modules + "drivers/vfio/pci/vfio-pci.ko.xz", "vfio-pci")
                                .file(modules + "arch/x86/kvm/kvm-amd.ko.xz", "kvm-amd")
                                .file(modules + "arch/x86/kvm/kvm-intel.ko.xz", "not wanted")
                                .file(modules + "drivers/gpu/drm/xe/xe.ko.xz", "not wanted"))
                .add("trixie", "kmod", "1", "admin", "", new TestPackage())
                .add("trixie", "initramfs-tools", "1", "utils", "", new TestPackage())
                .add(
                        "trixie",
                        "busybox-static",
                        "1",
                        "shells",
                        "",
                        new TestPackage().program("./usr/bin/busybox", "shell"))
                .publish();
        assertThat(fetch(List.of(Component.LINUX)).packages())
                .containsExactly(
                        "linux-image-amd64 6.12.1-1",
                        "linux-image-6.12.1-amd64 6.12.1-1",
                        "busybox-static 1");
        Kernel kernel = Tools.find(environment).kernel().orElseThrow();
        assertThat(kernel.image()).hasContent("kernel");
        assertThat(kernel.busybox()).isExecutable();
        assertThat(kernel.modules().resolve("drivers/gpu/drm/i915/i915.ko.xz")).hasContent("i915");
        assertThat(storedFiles())
                .noneMatch(path -> path.contains("xe.ko") || path.contains("System.map"))
                .noneMatch(path -> path.contains("kvm-intel"));
        assertThat(kernel.canBeHost() && kernel.canRunKvm()).isTrue();
        assertThat(missingForHost()).doesNotContain(Component.LINUX);
        // What an earlier version fetched.
        Files.delete(kernel.modules().resolve("arch/x86/kvm/kvm-amd.ko.xz"));
        assertThat(kernel.canBeHost()).isTrue();
        assertThat(kernel.canRunKvm()).isFalse();
        assertThat(missingForHost()).contains(Component.LINUX);
    }

    private List<Component> missingForHost() throws IOException {
        return Setup.missing(environment, Tools.find(environment), false, true, false, false);
    }

    @Test
    void newer_builds_of_ovmf_come_from_the_next_release() throws IOException {
        TestPackage files = new TestPackage();
        for (String name :
                List.of(
                        "CODE_4M.fd",
                        "CODE_4M.secboot.fd",
                        "CODE_4M.secboot.strictnx.fd",
                        "VARS_4M.fd",
                        "VARS_4M.ms.fd")) {
            files.file("./usr/share/OVMF/OVMF_" + name, name);
        }
        archive.add("forky", "ovmf-generic", "2026.08-2", "misc", "", files).publish();
        Tools tools = Tools.find(environment);
        assertThat(Setup.missing(environment, tools, false, false, true, false))
                .containsExactly(Component.QEMU, Component.OVMF, Component.FIRMWARE);
        assertThat(OvmfBuilds.find(environment)).isEmpty();
        assertThat(fetch(List.of(Component.OVMF, Component.FIRMWARE)).packages())
                .containsExactly("ovmf 2025.02-8", "ovmf-generic 2026.08-2");
        OvmfBuilds builds = OvmfBuilds.find(environment).orElseThrow();
        assertThat(builds.plain().smm()).isFalse();
        assertThat(builds.strictNx().code()).hasContent("CODE_4M.secboot.strictnx.fd");
        assertThat(builds.strictNx().smm()).isTrue();
        assertThat(builds.enrolled().code()).isEqualTo(builds.secureBoot().code());
        assertThat(builds.enrolled().vars()).hasContent("VARS_4M.ms.fd");
        assertThat(Tools.find(environment).ovmf().orElseThrow().code()).hasContent("code");
        assertThat(Setup.missing(environment, tools, false, false, true, false))
                .doesNotContain(Component.FIRMWARE);
    }

    @Test
    void nothing_is_missing_after_a_fetch_unless_a_refresh_is_requested() throws IOException {
        assertThat(Setup.missing(environment, Tools.find(environment), false, false, false, false))
                .isEqualTo(BOTH);
        fetch(BOTH);
        Tools tools = Tools.find(environment);
        assertThat(Setup.missing(environment, tools, false, false, false, false)).isEmpty();
        assertThat(Setup.missing(environment, tools, true, false, false, false))
                .containsExactly(Component.LINUX);
        assertThat(Setup.missing(environment, tools, false, false, false, true)).isEqualTo(BOTH);
    }

    @Test
    void fetched_qemu_is_used_without_running_the_installed_one() throws IOException {
        fetch(BOTH);
        Path programs = Files.createDirectories(environment.root().resolve("usr/bin"));
        Path ran = directory.resolve("ran");
        Path installed =
                Files.writeString(
                        programs.resolve("qemu-system-x86_64"), "#!/bin/sh\n: >'" + ran + "'\n");
        Files.setPosixFilePermissions(installed, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> variables = Map.of("PATH", "/usr/bin");
        Tools tools =
                Tools.find(new Environment(environment.root(), environment.directory(), variables));
        assertThat(tools.qemu().orElseThrow().version()).isEqualTo("11.1.3");
        assertThat(tools.refused()).isEmpty();
        assertThat(ran).doesNotExist();
        Environment withoutFetched =
                new Environment(environment.root(), directory.resolve("empty"), variables);
        assertThat(Tools.find(withoutFetched).qemu()).isEmpty();
        assertThat(ran).exists();
    }

    @Test
    void unusable_qemu_does_not_replace_a_usable_one() throws IOException {
        fetch(BOTH);
        Path before = Files.readSymbolicLink(environment.directory().resolve("qemu"));
        archive.close();
        archive = QemuArchive.withQemu("10.0.9");
        refuses(() -> fetch(BOTH), "the fetched QEMU is version 10.0.9, the minimum is 10.1");
        assertThat(Files.readSymbolicLink(environment.directory().resolve("qemu")))
                .isEqualTo(before);
    }

    @Test
    void directory_with_a_colon_is_refused() {
        environment = environment.withDirectory(directory.resolve("a:b"));
        refuses(
                () -> fetch(BOTH),
                environment.directory()
                        + ": the name contains ':', which separates directories in the loader's"
                        + " library path");
    }

    private Fetched fetch(List<Component> components) throws IOException {
        progress.clear();
        ProgressListener listener =
                new ProgressListener() {
                    @Override
                    public void step(String description) {
                        progress.add(description);
                    }

                    @Override
                    public void bytes(long done, long total) {
                        assertThat(done).isNotNegative();
                    }

                    @Override
                    public void note(String text) {
                        progress.add(text);
                    }
                };
        return new Setup(environment, suites -> TestArchive.fetcher(environment, suites, listener))
                .fetch(components, archive.url());
    }

    /// The files in the store; directories of bundles without their id.
    private List<String> storedFiles() throws IOException {
        try (Stream<Path> paths = Files.walk(environment.directory())) {
            return paths.filter(path -> !Files.isDirectory(path) || Files.isSymbolicLink(path))
                    .map(path -> environment.directory().relativize(path).toString())
                    .map(path -> path.replaceFirst("^(qemu|ovmf)-[^/]*", "$1-"))
                    .sorted()
                    .toList();
        }
    }

    private static void refuses(ThrowingCallable action, String message) {
        assertThatThrownBy(action).isInstanceOf(ArchiveException.class).hasMessage(message);
    }
}
