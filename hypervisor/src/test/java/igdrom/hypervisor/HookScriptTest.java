package igdrom.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.plan.GuestMachine;
import igdrom.plan.vm.Hypervisor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        try (Kernel _ = new Kernel()) {
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

    /// Binds the driver again when the device is probed, as a kernel does.
    private final class Kernel implements AutoCloseable {
        private final AtomicBoolean stop = new AtomicBoolean();
        private final Thread thread = Thread.ofPlatform().start(this::serve);

        private void serve() {
            try {
                while (!stop.get()) {
                    if (read("bus/pci/drivers_probe").contains(IGD)) {
                        bindTo("i915");
                        return;
                    }
                    Thread.sleep(10);
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
