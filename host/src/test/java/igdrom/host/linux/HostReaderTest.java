package igdrom.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.MemoryRange;
import igdrom.host.PciFunction;
import igdrom.host.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostReaderTest {
    private static final String IGD = "/sys/bus/pci/devices/0000:00:02.0/";

    @TempDir Path root;

    @Test
    void snapshot_has_every_fact_with_its_path() throws IOException {
        Snapshot snapshot =
                tree().functions()
                        .debugFiles()
                        .iomem("8d800000-917fffff : Graphics Stolen Memory")
                        .snapshot();
        assertThat(snapshot.measuredBy()).isEqualTo("a test");
        assertThat(snapshot.igd())
                .isEqualTo(
                        new PciFunction(
                                "0000:00:02.0",
                                new Fact.Known<>(PciId.intel(0x3e92), IGD + "device"),
                                new Fact.Known<>(0x0a, IGD + "revision"),
                                new Fact.Known<>(0x030000, IGD + "class"),
                                new Fact.Known<>(
                                        new PciId(0x1462, 0x7b17), IGD + "subsystem_device"),
                                new Fact.Known<>(HostTree.config().slice(0, 256), IGD + "config"),
                                snapshot.igd().use()));
        assertThat(snapshot.hostBridge().id().value()).contains(PciId.intel(0x3ec2));
        assertThat(snapshot.lpc().id().value()).contains(PciId.intel(0xa304));
        assertThat(snapshot.opRegion())
                .isEqualTo(
                        new Fact.Known<>(
                                HostTree.opRegion(), "/sys/kernel/debug/dri/0/i915_opregion"));
        assertThat(snapshot.vbt())
                .isEqualTo(new Fact.Known<>(HostTree.vbt(), "/sys/kernel/debug/dri/0/i915_vbt"));
        assertThat(snapshot.stolenMemory())
                .isEqualTo(
                        new Fact.Known<>(new MemoryRange(0x8d80_0000L, 64 << 20), "/proc/iomem"));
    }

    @Test
    void snapshot_of_an_empty_tree_has_a_reason_for_every_fact() {
        Snapshot snapshot = tree().snapshot();
        assertThat(snapshot.igd().id())
                .isEqualTo(new Fact.Unknown<>("/sys/bus/pci/devices", "no such file"));
        assertThat(snapshot.opRegion())
                .isEqualTo(
                        new Fact.Unknown<>(
                                "/sys/kernel/debug/dri/*/i915_opregion",
                                "missing or not readable (root can read it while i915 or xe has the"
                                        + " device), and ASLS in config space is not readable"));
        assertThat(snapshot.vbt())
                .isEqualTo(
                        new Fact.Unknown<>(
                                "/sys/kernel/debug/dri/*/i915_vbt",
                                "missing or not readable (root can read it while i915 or xe has"
                                        + " the device)"));
        assertThat(snapshot.stolenMemory())
                .isEqualTo(new Fact.Unknown<>("/proc/iomem", "no such file"));
    }

    @Test
    void op_region_is_read_from_memory_when_no_driver_shows_it() throws IOException {
        Snapshot snapshot =
                tree().functions().memory(HostTree.ASLS, HostTree.opRegion()).snapshot();
        assertThat(snapshot.opRegion())
                .isEqualTo(new Fact.Known<>(HostTree.opRegion(), "/dev/mem at 0x8d000000"));
    }

    @Test
    void files_with_other_contents_are_unknown_and_op_region_is_kept_as_found() throws IOException {
        Image garbage = Image.ofHex("00112233445566778899");
        HostTree tree =
                tree().functions()
                        .bytes("sys/kernel/debug/dri/0/i915_opregion", garbage)
                        .bytes("sys/kernel/debug/dri/0/i915_vbt", garbage);
        assertThat(tree.snapshot().opRegion())
                .isEqualTo(
                        new Fact.Unknown<>(
                                "/dev/mem at 0x8d000000",
                                "no such file; /sys/kernel/debug/dri/0/i915_opregion: Signature"
                                        + " needs 0x10 bytes, 0xa are left"));
        assertThat(tree.snapshot().vbt())
                .isEqualTo(
                        new Fact.Unknown<>(
                                "/sys/kernel/debug/dri/0/i915_vbt", "Signature is not \"$VBT\""));
        Image other =
                new Emitter().image(HostTree.opRegion()).patch(0x10, Image.ofHex("09")).toImage();
        assertThat(tree.memory(HostTree.ASLS, other).snapshot().opRegion())
                .isEqualTo(new Fact.Known<>(other, "/dev/mem at 0x8d000000"));
        assertThat(tree.memory(HostTree.ASLS, HostTree.opRegion()).snapshot().opRegion())
                .isEqualTo(new Fact.Known<>(HostTree.opRegion(), "/dev/mem at 0x8d000000"));
    }

    @Test
    void vbt_after_the_op_region_is_read_too() throws IOException {
        Image vbt = HostTree.vbt();
        Emitter region = new Emitter().image(HostTree.opRegion());
        region.patch(0x16, Image.ofHex("0002"));
        region.patch(0x3ba, new Emitter().u64(0x8d10_0000L).u32(vbt.size()).toImage());
        Snapshot snapshot =
                tree().functions()
                        .memory(HostTree.ASLS, region.toImage())
                        .memory(0x8d10_0000L, vbt)
                        .snapshot();
        assertThat(snapshot.opRegion())
                .isEqualTo(
                        new Fact.Known<>(
                                region.image(vbt).toImage(),
                                "/dev/mem at 0x8d000000 and /dev/mem at 0x8d100000"));
    }

    @Test
    void asls_that_points_nowhere_is_reported() throws IOException {
        assertThat(tree().functions().snapshot().opRegion())
                .isEqualTo(
                        new Fact.Unknown<>(
                                "/dev/mem at 0x8d000000",
                                "no such file; /sys/kernel/debug/dri/*/i915_opregion: missing or"
                                        + " not readable (root can read it while i915 or xe has the"
                                        + " device)"));
        assertThat(tree().functions().memory(0, Image.ofHex("00")).snapshot().opRegion().value())
                .isEmpty();
        assertThat(
                        tree().function(
                                        "0000:00:02.0",
                                        "0x3e92",
                                        "0x030000",
                                        Image.of(new byte[256]))
                                .snapshot()
                                .opRegion())
                .isEqualTo(
                        new Fact.Unknown<>(
                                IGD + "config", "ASLS is 0x0: the firmware set up no OpRegion"));
    }

    @Test
    void stolen_memory_shown_to_root_only_is_unknown() throws IOException {
        assertThat(
                        tree().iomem("00000000-00000000 : Graphics Stolen Memory")
                                .snapshot()
                                .stolenMemory())
                .isEqualTo(new Fact.Unknown<>("/proc/iomem", "addresses are shown to root only"));
        assertThat(tree().iomem("nonsense : Graphics Stolen Memory").snapshot().stolenMemory())
                .isEqualTo(
                        new Fact.Unknown<>(
                                "/proc/iomem", "not a range: nonsense : Graphics Stolen Memory"));
        assertThat(tree().iomem("").snapshot().stolenMemory())
                .isEqualTo(new Fact.Unknown<>("/proc/iomem", "no line \"Graphics Stolen Memory\""));
    }

    @Test
    void graphics_are_found_at_another_address_of_the_first_bus_unless_virtual()
            throws IOException {
        tree().function("0000:00:02.1", "0x46d1", "0x030000", HostTree.config())
                .write("sys/bus/pci/devices/0000:00:02.1/physfn", "../0000:00:02.0");
        tree().function("0000:00:03.0", "0x46d1", "0x038000", HostTree.config());
        assertThat(tree().snapshot().igd().address()).isEqualTo("0000:00:03.0");
    }

    @Test
    void device_that_is_no_intel_display_is_not_recorded_as_the_graphics() throws IOException {
        tree().function("0000:00:02.0", "0x1042", "0x018000", HostTree.config())
                .write("sys/bus/pci/devices/0000:00:02.0/vendor", "0x1af4\n");
        PciFunction igd = tree().snapshot().igd();
        String directory = "/sys/bus/pci/devices";
        String reason = "a virtio device, 1af4:1042, is there";
        assertThat(igd).isEqualTo(PciFunction.unknown("0000:00:02.0", directory, reason));
        tree().write("sys/bus/pci/devices/0000:00:02.0/vendor", "0x8086\n");
        assertThat(tree().snapshot().igd().id())
                .isEqualTo(
                        new Fact.Unknown<>(
                                directory, "a device of class 018000, 8086:1042, is there"));
    }

    @Test
    void number_that_cannot_be_parsed_is_unknown() throws IOException {
        Fact<Integer> fact =
                tree().function("0000:00:02.0", "0x3e92", "0x030000", HostTree.config())
                        .write("sys/bus/pci/devices/0000:00:02.0/revision", "later\n")
                        .snapshot()
                        .igd()
                        .revision();
        assertThat(fact).isEqualTo(new Fact.Unknown<>(IGD + "revision", "not a number: later"));
    }

    private HostTree tree() {
        return new HostTree(root);
    }
}
