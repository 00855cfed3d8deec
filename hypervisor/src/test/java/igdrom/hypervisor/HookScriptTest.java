package igdrom.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.plan.GuestMachine;
import igdrom.plan.vm.Hypervisor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the hooks over a tree that looks like sysfs.
class HookScriptTest {
    private static final String IGD = "0000:00:02.0";

    @TempDir Path directory;

    @BeforeEach
    void make_sysfs() throws IOException {
        Files.createDirectories(device());
        Files.writeString(device().resolve("driver_override"), "(null)\n");
        Files.writeString(sys("bus/pci/drivers_probe"), "");
        for (String driver : List.of("i915", "vfio-pci")) {
            Files.createDirectories(sys("bus/pci/drivers").resolve(driver));
            Files.writeString(sys("bus/pci/drivers").resolve(driver).resolve("unbind"), "");
        }
        for (String[] console :
                new String[][] {
                    {"vtcon0", "(S) dummy device"}, {"vtcon1", "(M) frame buffer device"}
                }) {
            Path directory = Files.createDirectories(sys("class/vtconsole").resolve(console[0]));
            Files.writeString(directory.resolve("name"), console[1] + "\n");
            Files.writeString(directory.resolve("bind"), "1\n");
        }
        bindTo("i915");
    }

    @Test
    void proxmox_takes_the_consoles_off_the_gpu_before_the_start() throws Exception {
        assertThat(run(Hypervisor.PROXMOX, "100", "pre-start")).isEqualTo("0 ");
        assertThat(read("class/vtconsole/vtcon1/bind")).isEqualTo("0\n");
        assertThat(read("class/vtconsole/vtcon0/bind")).isEqualTo("1\n");
        assertThat(state("proxmox-100")).isEqualTo("i915\n");
    }

    @Test
    void proxmox_gives_the_gpu_back_after_the_stop() throws Exception {
        run(Hypervisor.PROXMOX, "100", "pre-start");
        bindTo("vfio-pci");
        try (Kernel _ = new Kernel("i915")) {
            assertThat(run(Hypervisor.PROXMOX, "100", "post-stop")).isEqualTo("0 ");
        }
        assertThat(read("bus/pci/drivers/vfio-pci/unbind")).isEqualTo(IGD + "\n");
        assertThat(read("bus/pci/devices/" + IGD + "/driver_override")).isEqualTo("\n");
        assertThat(read("class/vtconsole/vtcon1/bind")).isEqualTo("1\n");
        assertThat(device().resolve("driver").toRealPath()).endsWithRaw(Path.of("i915"));
    }

    @Test
    void gpu_that_does_not_come_back_is_reported_and_the_stop_still_succeeds() throws Exception {
        run(Hypervisor.PROXMOX, "100", "pre-start");
        bindTo("vfio-pci");
        assertThat(run(Hypervisor.PROXMOX, "100", "post-stop"))
                .isEqualTo(
                        "0 igdrom: "
                                + IGD
                                + " went to 'vfio-pci', not back to 'i915': see dmesg\n");
    }

    @Test
    void gpu_that_vfio_already_had_stays_there() throws Exception {
        bindTo("vfio-pci");
        run(Hypervisor.PROXMOX, "100", "pre-start");
        assertThat(read("class/vtconsole/vtcon1/bind")).isEqualTo("1\n");
        assertThat(run(Hypervisor.PROXMOX, "100", "post-stop")).isEqualTo("0 ");
        assertThat(read("bus/pci/drivers/vfio-pci/unbind")).isEmpty();
        assertThat(read("bus/pci/drivers_probe")).isEmpty();
    }

    @Test
    void start_after_a_lost_stop_remembers_the_first_driver() throws Exception {
        run(Hypervisor.PROXMOX, "100", "pre-start");
        bindTo("vfio-pci");
        run(Hypervisor.PROXMOX, "100", "pre-start");
        assertThat(state("proxmox-100")).isEqualTo("i915\n");
    }

    @Test
    void start_without_the_gpu_is_refused() throws Exception {
        Files.delete(device().resolve("driver"));
        Files.delete(device().resolve("driver_override"));
        Files.delete(device());
        assertThat(run(Hypervisor.PROXMOX, "100", "pre-start"))
                .isEqualTo("1 igdrom: the host has no " + IGD + "\n");
    }

    @Test
    void libvirt_calls_for_other_guests_and_other_moments_change_nothing() throws Exception {
        for (String[] call :
                new String[][] {
                    {"other", "prepare", "begin", "-"},
                    {"igd", "start", "begin", "-"},
                    {"igd", "started", "begin", "-"},
                    {"igd", "stopped", "end", "-"}
                }) {
            assertThat(run(Hypervisor.LIBVIRT, call)).isEqualTo("0 ");
        }
        assertThat(Files.exists(directory.resolve("state"))).isFalse();
        assertThat(read("class/vtconsole/vtcon1/bind")).isEqualTo("1\n");
    }

    @Test
    void libvirt_prepares_and_releases() throws Exception {
        run(Hypervisor.LIBVIRT, "igd", "prepare", "begin", "-");
        assertThat(state("libvirt-igd")).isEqualTo("i915\n");
        // libvirt itself gives a managed device back.
        assertThat(run(Hypervisor.LIBVIRT, "igd", "release", "end", "-")).isEqualTo("0 ");
        assertThat(read("bus/pci/drivers_probe")).isEmpty();
        assertThat(read("class/vtconsole/vtcon1/bind")).isEqualTo("1\n");
    }

    /// The script itself binds the GPU, since QEMU does not.
    @Test
    void script_for_qemu_hands_the_gpu_over_and_gives_it_back_when_the_guest_ends()
            throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        program(bin, "modprobe", "exit 0");
        program(bin, "cp", "exit 0");
        program(
                bin,
                "qemu-system-x86_64",
                """
                tries=200
                while [ "$(basename "$(readlink %1$s/driver)")" != vfio-pci ]; do
                    tries=$((tries - 1)); [ $tries -gt 0 ] || break
                    sleep 0.05
                done
                basename "$(readlink %1$s/driver)"
                : > %2$s
                exit 3
                """
                        .formatted(device(), sys("bus/pci/drivers_probe")));
        try (Kernel _ = new Kernel("vfio-pci", "i915")) {
            assertThat(run(Hypervisor.QEMU)).isEqualTo("3 vfio-pci\n");
        }
        assertThat(device().resolve("driver").toRealPath()).endsWithRaw(Path.of("i915"));
        assertThat(read("class/vtconsole/vtcon1/bind")).isEqualTo("1\n");
    }

    private static void program(Path directory, String name, String body) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// Binds the driver again when the device is probed, as a kernel does.
    private final class Kernel implements AutoCloseable {
        private final List<String> drivers;
        private final AtomicBoolean stop = new AtomicBoolean();
        private final Thread thread;

        /// @param drivers that it binds, one for each time that the device is probed
        Kernel(String... drivers) {
            this.drivers = List.of(drivers);
            this.thread = Thread.ofPlatform().start(this::serve);
        }

        private void serve() {
            try {
                for (String driver : drivers) {
                    while (!stop.get() && !read("bus/pci/drivers_probe").contains(IGD)) {
                        Thread.sleep(10);
                    }
                    bindTo(driver);
                    while (!stop.get() && read("bus/pci/drivers_probe").contains(IGD)) {
                        Thread.sleep(10);
                    }
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            stop.set(true);
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// The exit code and what the hook printed.
    private String run(Hypervisor hypervisor, String... arguments)
            throws IOException, InterruptedException {
        String text = "";
        for (ConfigPart part :
                Configurations.write(
                        TestVms.plan(
                                TestVms.request(hypervisor, GuestMachine.PC), TestVms.ADL_N))) {
            text = part.executable() ? part.text() : text;
        }
        Path script = Files.writeString(directory.resolve("hook.sh"), text);
        List<String> words = new ArrayList<>(List.of("sh", "-u", script.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment()
                .merge("PATH", directory.resolve("bin").toString(), (old, bin) -> bin + ":" + old);
        builder.environment().put("IGDROM_SYS", sys("").toString());
        builder.environment().put("IGDROM_STATE", directory.resolve("state").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + output;
    }

    private void bindTo(String driver) throws IOException {
        Path link = device().resolve("driver");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, sys("bus/pci/drivers").resolve(driver));
    }

    private Path device() {
        return sys("bus/pci/devices").resolve(IGD);
    }

    private Path sys(String path) {
        return directory.resolve("sys").resolve(path);
    }

    private String read(String path) throws IOException {
        return Files.readString(sys(path));
    }

    private String state(String guest) throws IOException {
        return Files.readString(directory.resolve("state").resolve(guest).resolve(IGD));
    }
}
