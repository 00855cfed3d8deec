package igdrom.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.formats.pci.PciId;
import igdrom.host.BootFirmware;
import igdrom.host.Fact;
import igdrom.host.FramebufferHolder;
import igdrom.host.IommuGroup;
import igdrom.host.MemoryRange;
import igdrom.host.OperatingSystem;
import igdrom.host.PciBar;
import igdrom.host.PciFunction;
import igdrom.host.ProcessorModel;
import igdrom.host.RemappingUnit;
import igdrom.host.Snapshot;
import igdrom.host.VirtualFunctions;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two trees of a real kernel, which saw a virtual machine without an IGD. In the corpus, links are
/// files with their targets.
class RealTreesTest {
    private static final String FRAMEBUFFER = "1-firmware-framebuffer";
    private static final String VFIO = "2-vfio-pci-bound";
    private static final String DISPLAY = "0000:00:02.0";

    @TempDir Path copy;

    @Test
    void pci_functions_are_read_with_their_use() {
        Snapshot snapshot = read(tree(VFIO));
        assertThat(snapshot.igd().id())
                .isEqualTo(
                        new Fact.Unknown<>(
                                "/sys/bus/pci/devices", "a QEMU device, 1234:1111, is there"));
        assertThat(snapshot.pci().all())
                .extracting(PciFunction::address)
                .containsExactly(
                        "0000:00:00.0", DISPLAY, "0000:00:1f.0", "0000:00:1f.2", "0000:00:1f.3");
        PciFunction display = snapshot.pci().at(DISPLAY).orElseThrow();
        assertThat(display.id().value()).contains(new PciId(0x1234, 0x1111));
        assertThat(display.classCode().value()).contains(0x030000);
        assertThat(display.config().value().orElseThrow().size()).isEqualTo(256);
        assertThat(display.use().driver().value()).contains(Optional.of("vfio-pci"));
        assertThat(display.use().driverOverride().value()).contains(Optional.of("vfio-pci"));
        assertThat(display.use().iommuGroup().value()).contains(Optional.of(1));
        assertThat(display.use().bootVga().value()).contains(true);
        assertThat(display.use().powerState().value()).contains("D0");
        assertThat(display.use().resetMethods().value()).contains(List.of());
        assertThat(display.use().virtualFunctions().value()).contains(new VirtualFunctions(0, 0));
        assertThat(display.use().physicalFunction().value()).contains(Optional.empty());
        assertThat(display.use().bars().value())
                .contains(
                        List.of(
                                new PciBar(
                                        0,
                                        PciBar.Kind.PREFETCHABLE_MEMORY,
                                        new MemoryRange(0xc000_0000L, 16 << 20)),
                                new PciBar(
                                        2,
                                        PciBar.Kind.MEMORY,
                                        new MemoryRange(0xc101_1000L, 0x1000))));
        PciFunction before = read(tree(FRAMEBUFFER)).pci().at(DISPLAY).orElseThrow();
        assertThat(before.use().driver().value()).contains(Optional.empty());
        assertThat(before.use().driverOverride().value()).contains(Optional.empty());
        assertThat(before.use().powerState().value()).contains("unknown");
    }

    @Test
    void iommu_is_read_with_its_table() {
        Snapshot snapshot = read(tree(VFIO));
        List<String> all =
                List.of("0000:00:00.0", DISPLAY, "0000:00:1f.0", "0000:00:1f.2", "0000:00:1f.3");
        List<RemappingUnit> units = snapshot.iommu().units().value().orElseThrow();
        assertThat(units)
                .containsExactly(
                        new RemappingUnit(
                                "dmar0",
                                0xfed9_0000L,
                                0xd2_008c_2226_0206L,
                                0xf42,
                                new Fact.Known<>(all, "/sys/class/iommu/dmar0/devices")));
        assertThat(units.getFirst().addressWidth()).isEqualTo(39);
        String groups = "/sys/kernel/iommu_groups/";
        IommuGroup.Reserved interrupts =
                new IommuGroup.Reserved(new MemoryRange(0xfee0_0000L, 0x10_0000), "msi");
        assertThat(snapshot.iommu().groups().value().orElseThrow())
                .hasSize(3)
                .contains(
                        new IommuGroup(
                                1,
                                List.of(DISPLAY),
                                new Fact.Known<>(
                                        List.of(interrupts), groups + "1/reserved_regions")),
                        new IommuGroup(
                                2,
                                List.of("0000:00:1f.0", "0000:00:1f.2", "0000:00:1f.3"),
                                new Fact.Known<>(
                                        List.of(
                                                new IommuGroup.Reserved(
                                                        new MemoryRange(0, 16 << 20),
                                                        "direct-relaxable"),
                                                interrupts),
                                        groups + "2/reserved_regions")));
        assertThat(snapshot.iommu().dmar().value().orElseThrow().orElseThrow().addressWidth())
                .isEqualTo(39);
    }

    @Test
    void firmware_kernel_and_machine_are_read() {
        Snapshot snapshot = read(tree(VFIO));
        BootFirmware firmware = snapshot.firmware();
        assertThat(firmware.uefi().value()).contains(true);
        assertThat(firmware.uefiBits().value()).contains(64);
        assertThat(firmware.secureBoot().value()).contains(false);
        assertThat(firmware.bootLogo().value()).contains(true);
        assertThat(firmware.lockdown().value()).contains("integrity");
        assertThat(firmware.vendor().value()).contains("QEMU");
        assertThat(firmware.flash().value()).contains(List.of());
        assertThat(firmware.consoles())
                .isEqualTo(
                        new Fact.Unknown<>(
                                "/sys/firmware/efi/efivars/"
                                        + "ConOut-8be4df61-93ca-11d2-aa0d-00e098032b8c",
                                "no such file"));
        assertThat(snapshot.vfio().loaded().value()).contains(true);
        assertThat(snapshot.vfio().disableVga().value()).contains(false);
        assertThat(snapshot.kernel().release().value()).contains("6.12.117+deb13-amd64");
        assertThat(snapshot.kernel().commandLine().value())
                .contains("console=ttyS0 intel_iommu=on iommu=pt lockdown=integrity initrd=initrd");
        assertThat(snapshot.kernel().modules().value().orElseThrow())
                .contains("vfio_pci", "vfio_iommu_type1");
        assertThat(snapshot.machine().system().value()).contains(OperatingSystem.LINUX);
        assertThat(snapshot.machine().processor().value())
                .contains("Intel Core Processor (Skylake)");
        assertThat(snapshot.machine().processorModel().value())
                .contains(new ProcessorModel(6, 94, 3));
        assertThat(snapshot.machine().addressWidth().value()).contains(40);
        assertThat(snapshot.machine().virtual().value()).contains(true);
        assertThat(read(tree(FRAMEBUFFER)).vfio().loaded().value()).contains(false);
    }

    @Test
    void framebuffer_of_the_firmware_is_seen_once_the_device_is_intels() throws IOException {
        Path tree = changed(FRAMEBUFFER);
        assertThat(read(tree).graphics().holders())
                .isEqualTo(
                        new Fact.Known<>(
                                List.of(
                                        new FramebufferHolder("efifb", "/proc/iomem"),
                                        new FramebufferHolder(
                                                "efi-framebuffer.0",
                                                "/sys/bus/pci/devices/0000:00:02.0/"
                                                        + "efi-framebuffer.0")),
                                "/proc/iomem"));
    }

    @Test
    void vfio_pci_has_removed_the_framebuffer() throws IOException {
        assertThat(read(changed(VFIO)).graphics().holders().value()).contains(List.of());
    }

    private static Path tree(String name) {
        Path tree = Corpus.root().resolve("hosts/real-sysfs-tcg").resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(tree), () -> "no corpus at " + tree);
        return tree;
    }

    /// A copy in which an Intel device is at 00:02.0.
    private Path changed(String name) throws IOException {
        Path tree = tree(name);
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.toList()) {
                Path target = copy.resolve(tree.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.write(target, Files.readAllBytes(path));
                }
            }
        }
        Path device = copy.resolve("sys/devices/pci0000:00/0000:00:02.0");
        Files.writeString(device.resolve("vendor"), "0x8086\n");
        Files.writeString(device.resolve("device"), "0x3e92\n");
        return copy;
    }

    private static Snapshot read(Path tree) {
        return new HostReader(HostRoot.of(tree)).read("a test");
    }
}
