package igdrom.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.host.DeviceUsers;
import igdrom.host.DeviceUsers.User;
import igdrom.host.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who has the nodes of a device open, by the links in `/proc`.
class OpenNodesTest {
    private static final String IGD = "sys/bus/pci/devices/0000:00:02.0/";

    @TempDir Path root;

    @BeforeEach
    void makeDevice() throws IOException {
        HostTree tree = new HostTree(root).functions();
        tree.write(IGD + "drm/card1/dev", "226:1\n");
        tree.write(IGD + "drm/renderD128/dev", "226:128\n");
        tree.write(IGD + "graphics/fb0/dev", "29:0\n");
        tree.write(IGD + "vfio-dev/vfio0/dev", "240:0\n");
        Files.createSymbolicLink(
                root.resolve(IGD + "iommu_group"), Path.of("../../../../kernel/iommu_groups/7"));
        process(1, "systemd", "/dev/null");
    }

    private void process(int pid, String command, String... open) throws IOException {
        Path fd = Files.createDirectories(root.resolve("proc/" + pid + "/fd"));
        Files.writeString(root.resolve("proc/" + pid + "/comm"), command + "\n");
        for (int i = 0; i < open.length; i++) {
            Files.createSymbolicLink(fd.resolve(String.valueOf(i)), Path.of(open[i]));
        }
    }

    private DeviceUsers users() {
        HostRoot host = HostRoot.of(root);
        return new OpenNodes(host).users(new PciDevices(host).functions().igd());
    }

    @Test
    void nobody_uses_a_device_whose_nodes_are_closed() {
        assertThat(users().display().value().orElseThrow()).isEmpty();
        assertThat(users().vfio().value().orElseThrow()).isEmpty();
    }

    @Test
    void process_with_a_node_of_the_display_is_named_once() throws IOException {
        process(812, "gnome-shell", "/dev/dri/card1", "/dev/dri/card1", "/dev/dri/card0");
        process(813, "fbi", "/dev/fb0");

        assertThat(users().display().value().orElseThrow())
                .containsExactlyInAnyOrder(
                        new User(812, "gnome-shell", "/dev/dri/card1"),
                        new User(813, "fbi", "/dev/fb0"));
    }

    @Test
    void process_with_a_node_of_vfio_is_named() throws IOException {
        process(99, "qemu-system-x86", "/dev/vfio/vfio", "/dev/vfio/7");
        process(100, "other", "/dev/vfio/8", "/dev/vfio/devices/vfio0");

        assertThat(users().vfio().value().orElseThrow())
                .containsExactlyInAnyOrder(
                        new User(99, "qemu-system-x86", "/dev/vfio/7"),
                        new User(100, "other", "/dev/vfio/devices/vfio0"));
    }

    @Test
    void process_that_ended_meanwhile_is_passed_over() throws IOException {
        Files.createDirectories(root.resolve("proc/6"));

        assertThat(users().vfio().value().orElseThrow()).isEmpty();
    }

    @Test
    void text_screens_differ_from_serial_ports_and_other_terminals() {
        assertThat(onScreen("1 (a) b) S 1 1 1 1025 1 0")).isEqualTo(fact(true));
        assertThat(onScreen("1 (sh) S 1 1 1 1088 1 0")).isEqualTo(fact(false));
        assertThat(onScreen("1 (sh) S 1 1 1 34816 1 0")).isEqualTo(fact(false));
        assertThat(onScreen("1 (sh) S 1 1 1 0 1 0")).isEqualTo(fact(false));
        assertThat(onScreen("1 (sh) S 1"))
                .isEqualTo(new Fact.Unknown<>("stat", "has no terminal where expected"));
        assertThat(onScreen("1 (sh) S 1 1 1 x 1"))
                .isEqualTo(new Fact.Unknown<>("stat", "has no terminal where expected"));
    }

    private static Fact<Boolean> onScreen(String stat) {
        return OpenNodes.onScreen(new Fact.Known<>(stat, "stat"));
    }

    private static Fact<Boolean> fact(boolean value) {
        return new Fact.Known<>(value, "stat");
    }
}
