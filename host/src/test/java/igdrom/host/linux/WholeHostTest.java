package igdrom.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.formats.acpi.Dmar;
import igdrom.formats.acpi.Mcfg;
import igdrom.host.AcpiTable;
import igdrom.host.BootFirmware;
import igdrom.host.BootLoader;
import igdrom.host.Connector;
import igdrom.host.DeviceUser;
import igdrom.host.Fact;
import igdrom.host.FramebufferHolder;
import igdrom.host.Hypervisors;
import igdrom.host.IommuGroup;
import igdrom.host.Kernel;
import igdrom.host.Machine;
import igdrom.host.MemoryRange;
import igdrom.host.OperatingSystem;
import igdrom.host.PciBar;
import igdrom.host.PciFunction;
import igdrom.host.PciUse;
import igdrom.host.ProcessorModel;
import igdrom.host.RemappingUnit;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.host.TextConsole;
import igdrom.host.Vfio;
import igdrom.host.VirtualFunctions;
import igdrom.json.LocatedValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every fact of a tree that has all files.
class WholeHostTest {
    private static final String DEVICES = "/sys/bus/pci/devices/";
    private static final String IGD = DEVICES + "0000:00:02.0/";

    @TempDir Path root;
    @TempDir Path copy;

    private Snapshot host = Snapshot.unknown("", "", "");

    @BeforeEach
    void make() throws IOException {
        host = new HostTree(root).everything().snapshot();
    }

    @Test
    void igd_has_its_use() {
        assertThat(host.igd().use())
                .isEqualTo(
                        new PciUse(
                                new Fact.Known<>(Optional.of("i915"), IGD + "driver"),
                                new Fact.Known<>(Optional.empty(), IGD + "driver_override"),
                                new Fact.Known<>(Optional.of(0), IGD + "iommu_group"),
                                new Fact.Known<>(bars(), IGD + "resource"),
                                new Fact.Known<>(true, IGD + "boot_vga"),
                                new Fact.Known<>(List.of("flr", "pm"), IGD + "reset_method"),
                                new Fact.Known<>("D0", IGD + "power_state"),
                                new Fact.Known<>(true, IGD + "d3cold_allowed"),
                                new Fact.Known<>(Optional.empty(), IGD + "physfn"),
                                new Fact.Known<>(
                                        new VirtualFunctions(7, 0), IGD + "sriov_numvfs")));
    }

    private static List<PciBar> bars() {
        return List.of(
                new PciBar(0, PciBar.Kind.MEMORY, new MemoryRange(0xb000_0000L, 16 << 20)),
                new PciBar(
                        2,
                        PciBar.Kind.PREFETCHABLE_MEMORY,
                        new MemoryRange(0xa000_0000L, 256 << 20)),
                new PciBar(4, PciBar.Kind.IO, new MemoryRange(0x3000, 0x40)));
    }

    @Test
    void other_functions_are_listed_without_config_space_and_a_virtual_one_is_not_the_igd() {
        assertThat(host.pci().others().value().orElseThrow())
                .extracting(PciFunction::address)
                .containsExactly("0000:00:02.1", "0000:00:1f.3");
        assertThat(host.pci().at("0000:00:02.1").orElseThrow().use().physicalFunction().value())
                .contains(Optional.of("0000:00:02.0"));
        assertThat(host.pci().at("0000:00:1f.3").orElseThrow().config())
                .isEqualTo(new Fact.Unknown<>(DEVICES + "0000:00:1f.3/config", "not needed"));
    }

    @Test
    void display_has_holders_and_connectors() {
        assertThat(host.graphics().holders().value())
                .contains(
                        List.of(
                                new FramebufferHolder("BOOTFB", "/proc/iomem"),
                                new FramebufferHolder("simpledrm", "/proc/iomem"),
                                new FramebufferHolder(
                                        "simple-framebuffer.0", IGD + "simple-framebuffer.0")));
        List<Connector> connectors = host.graphics().connectors().value().orElseThrow();
        assertThat(connectors).extracting(Connector::name).containsExactly("DP-1", "HDMI-A-1");
        assertThat(connectors).extracting(Connector::connected).containsExactly(false, true);
        assertThat(connectors.getFirst().edid().value()).isEmpty();
        Image edid = connectors.getLast().edid().value().orElseThrow();
        assertThat(edid.size()).isEqualTo(128);
        assertThat(edid.sum8()).isZero();
        assertThat(edid.latin1()).doesNotContain("SERIAL");
        assertThat(edid.u32(12)).isZero();
    }

    @Test
    void display_has_the_processes_that_use_its_own_nodes() {
        assertThat(host.graphics().users())
                .isEqualTo(
                        new Fact.Known<>(
                                List.of(
                                        new DeviceUser("firefox", 1456, "/dev/dri/renderD128"),
                                        new DeviceUser("Xorg", 812, "/dev/dri/card0")),
                                "/proc/*/fd"));
    }

    @Test
    void guest_that_has_the_graphics_is_a_user_of_its_group() throws IOException {
        HostTree tree = new HostTree(root).write(IGD.substring(1) + "driver", "../../vfio-pci");
        tree.process(4321, "qemu-system-x86", "/dev/vfio/vfio", "/dev/vfio/0");
        assertThat(tree.snapshot().graphics().users().value().orElseThrow())
                .contains(new DeviceUser("qemu-system-x86", 4321, "/dev/vfio/0"));
    }

    @Test
    void nobody_is_said_to_use_the_graphics_only_where_all_processes_could_be_looked_at()
            throws IOException {
        for (String process : List.of("812", "1456")) {
            new HostTree(root).delete("proc/" + process);
        }
        assertThat(new HostTree(root).snapshot().graphics().users())
                .isEqualTo(new Fact.Known<>(List.of(), "/proc/1/fd"));
        new HostTree(root).delete("proc/1");
        assertThat(new HostTree(root).snapshot().graphics().users())
                .isEqualTo(new Fact.Unknown<>("/proc/1/fd", "no such file"));
    }

    @Test
    void iommu_has_units_groups_and_table() {
        assertThat(host.iommu().units().value().orElseThrow())
                .containsExactly(
                        new RemappingUnit(
                                "dmar0",
                                0xfed9_0000L,
                                0x1c0_000c_4066_0462L,
                                0x19e_2ff0_505eL,
                                new Fact.Known<>(
                                        List.of("0000:00:02.0"),
                                        "/sys/class/iommu/dmar0/devices")));
        assertThat(host.iommu().units().value().orElseThrow().getFirst().addressWidth())
                .isEqualTo(39);
        String groups = "/sys/kernel/iommu_groups/";
        assertThat(host.iommu().groups().value().orElseThrow())
                .containsExactly(
                        new IommuGroup(
                                0,
                                List.of("0000:00:02.0"),
                                new Fact.Known<>(
                                        List.of(
                                                new IommuGroup.Reserved(
                                                        new MemoryRange(0x8d00_0000L, 72 << 20),
                                                        "direct-relaxable"),
                                                new IommuGroup.Reserved(
                                                        new MemoryRange(0xfee0_0000L, 1 << 20),
                                                        "msi")),
                                        groups + "0/reserved_regions")),
                        new IommuGroup(
                                10,
                                List.of("0000:00:1f.3"),
                                new Fact.Known<>(List.of(), groups + "10/reserved_regions")));
        List<String> igd = List.of("0000:00:02.0");
        assertThat(host.iommu().dmar())
                .isEqualTo(
                        new Fact.Known<>(
                                Optional.of(
                                        new Dmar(
                                                39,
                                                List.of(new Dmar.Unit(0xfed9_0000L, false, igd)),
                                                List.of(
                                                        new Dmar.ReservedMemory(
                                                                0x8d00_0000L, 0x917f_ffffL, igd)),
                                                List.of(0, 1))),
                                "/sys/firmware/acpi/tables/DMAR"));
    }

    @Test
    void firmware_has_every_fact() {
        String variables = "/sys/firmware/efi/efivars/";
        String global = "-8be4df61-93ca-11d2-aa0d-00e098032b8c";
        String dmi = "/sys/class/dmi/id/";
        assertThat(host.firmware())
                .isEqualTo(
                        new BootFirmware(
                                new Fact.Known<>(true, "/sys/firmware/efi"),
                                new Fact.Known<>(64, "/sys/firmware/efi/fw_platform_size"),
                                new Fact.Known<>(true, variables + "SecureBoot" + global),
                                new Fact.Known<>(true, "/sys/firmware/acpi/bgrt"),
                                new Fact.Known<>(List.of("00:02.0"), variables + "ConOut" + global),
                                new Fact.Known<>(List.of("BIOS"), "/sys/class/mtd"),
                                new Fact.Known<>("integrity", "/sys/kernel/security/lockdown"),
                                new Fact.Known<>(
                                        "Micro-Star International Co., Ltd.", dmi + "sys_vendor"),
                                new Fact.Known<>("MS-7B17", dmi + "product_name"),
                                new Fact.Known<>(
                                        "MPG Z390 GAMING EDGE AC (MS-7B17)", dmi + "board_name"),
                                new Fact.Known<>("A.80", dmi + "bios_version"),
                                new Fact.Known<>("08/26/2019", dmi + "bios_date"),
                                new Fact.Known<>(acpiTables(), "/sys/firmware/acpi/tables"),
                                new Fact.Known<>(
                                        List.of(new Mcfg.Window(0xe000_0000L, 0, 0, 255)),
                                        "/sys/firmware/acpi/tables/MCFG")));
    }

    private static List<AcpiTable> acpiTables() {
        String directory = "/sys/firmware/acpi/tables/";
        return List.of(
                new AcpiTable("DMAR", new Fact.Unknown<>(directory + "DMAR", "not needed")),
                new AcpiTable(
                        "DSDT",
                        new Fact.Known<>(
                                new AcpiTable.Definition(46, "ALASKA", "A M I", true, false),
                                directory + "DSDT")),
                new AcpiTable("MCFG", new Fact.Unknown<>(directory + "MCFG", "not needed")),
                new AcpiTable(
                        "SSDT1",
                        new Fact.Known<>(
                                new AcpiTable.Definition(45, "OptRef", "OptTabl", true, true),
                                directory + "SSDT1")));
    }

    @Test
    void text_consoles_are_listed_with_their_drivers() {
        assertThat(host.kernel().consoles())
                .isEqualTo(
                        new Fact.Known<>(
                                List.of(
                                        new TextConsole("vtcon0", "dummy device", false),
                                        new TextConsole("vtcon1", "frame buffer device", true)),
                                "/sys/class/vtconsole"));
    }

    @Test
    void facts_for_a_rom_are_the_same_without_log_and_hypervisors() {
        HostRoot files = HostRoot.of(root);
        Snapshot forRom = new HostReader(files).readForRom("a test");
        assertThat(forRom.pci()).isEqualTo(host.pci());
        assertThat(forRom.opRegion()).isEqualTo(host.opRegion());
        assertThat(forRom.vbt()).isEqualTo(host.vbt());
        assertThat(forRom.hypervisors().qemu())
                .isEqualTo(new Fact.Unknown<>("this machine", "not needed for a ROM"));
        assertThat(files.copy().files().keySet())
                .noneMatch(path -> path.contains("qemu") || path.contains("/boot/"));
    }

    @Test
    void log_gives_a_rom_the_stolen_memory_that_iomem_hides() throws IOException {
        HostTree tree = new HostTree(root);
        tree.write(
                "dmesg.txt",
                "Linux version 6.8\nReserving Intel graphics memory at"
                        + " [mem 0x8d800000-0x917fffff]\n");
        tree.iomem("00000000-00000000 : Graphics Stolen Memory");
        assertThat(new HostReader(HostRoot.of(root)).readForRom("a test").stolenMemory().value())
                .contains(new MemoryRange(0x8d80_0000L, 0x400_0000L));
        tree.iomem("8d800000-8fffffff : Graphics Stolen Memory");
        assertThat(new HostReader(HostRoot.of(root)).readForRom("a test").stolenMemory().value())
                .contains(new MemoryRange(0x8d80_0000L, 0x280_0000L));
    }

    @Test
    void vfio_kernel_and_machine_have_every_fact() {
        String conf = "/etc/modprobe.d/vfio.conf: ";
        assertThat(host.vfio())
                .isEqualTo(
                        new Vfio(
                                new Fact.Known<>(true, "/sys/module/vfio_pci"),
                                new Fact.Known<>(
                                        true, "/sys/module/vfio_pci/parameters/disable_vga"),
                                new Fact.Known<>(
                                        List.of(
                                                conf
                                                        + "options vfio-pci ids=8086:3e92"
                                                        + " disable_vga=1",
                                                conf + "blacklist i915"),
                                        "/etc/modprobe.d"),
                                new Fact.Known<>(List.of("vfio"), "/dev/vfio")));
        Kernel kernel = host.kernel();
        assertThat(kernel.release().value()).contains("6.8.12-1-pve");
        assertThat(kernel.commandLine().value())
                .contains(
                        "initrd=\\EFI\\proxmox\\6.8.12-1-pve\\initrd.img-6.8.12-1-pve"
                                + " root=<removed> intel_iommu=on quiet");
        Map<String, String> options = kernel.options().value().orElseThrow();
        assertThat(options)
                .containsEntry("CONFIG_VFIO_PCI_IGD", "y")
                .containsEntry("CONFIG_DRM_I915", "m")
                .containsEntry("CONFIG_SYSFB_SIMPLEFB", "n");
        assertThat(kernel.modules().value()).contains(List.of("i915", "kvm"));
        assertThat(kernel.log())
                .isEqualTo(
                        new Fact.Known<>(
                                List.of(
                                        "Linux version 6.8.12-1-pve (build@proxmox) #1 SMP",
                                        "efi: EFI v2.7 by American Megatrends",
                                        "secureboot: Secure boot enabled",
                                        "pci 0000:00:02.0: vgaarb: setting as boot VGA device"),
                                "/dmesg.txt"));
        String cpuinfo = "/proc/cpuinfo";
        assertThat(host.machine())
                .isEqualTo(
                        new Machine(
                                new Fact.Known<>(OperatingSystem.LINUX, "/proc"),
                                new Fact.Known<>("debian", "/etc/os-release"),
                                new Fact.Known<>(
                                        "Debian GNU/Linux 12 (bookworm)", "/etc/os-release"),
                                new Fact.Known<>(
                                        BootLoader.PROXMOX_BOOT_TOOL,
                                        "/sys/firmware/efi/efivars/LoaderInfo"
                                                + "-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"),
                                new Fact.Known<>(
                                        "Intel(R) Core(TM) i5-8500 CPU @ 3.00GHz", cpuinfo),
                                new Fact.Known<>(new ProcessorModel(6, 158, 10), cpuinfo),
                                new Fact.Known<>(39, cpuinfo),
                                new Fact.Known<>(false, cpuinfo),
                                new Fact.Known<>(false, "/run/systemd/container")));
    }

    @Test
    void hypervisors_have_versions() {
        String ovmf = "/usr/share/pve-edk2-firmware/OVMF_CODE_4M.secboot.fd";
        assertThat(host.hypervisors())
                .isEqualTo(
                        new Hypervisors(
                                new Fact.Known<>(
                                        Optional.of("9.0.2"), "/usr/bin/qemu-system-x86_64"),
                                new Fact.Known<>(
                                        List.of("etc/igd-bdsm-size", "x-igd-opregion"),
                                        "/usr/bin/qemu-system-x86_64"),
                                new Fact.Known<>(
                                        Optional.of("9.0.0"),
                                        "/usr/lib/x86_64-linux-gnu/libvirt.so.0"),
                                new Fact.Known<>(
                                        Optional.of("8.2.4"), "/usr/share/perl5/PVE/pvecfg.pm"),
                                new Fact.Known<>(List.of(ovmf), "/usr/share/OVMF")));
    }

    @Test
    void snapshot_reads_back_as_it_was_written() {
        assertThat(SnapshotJson.read(LocatedValue.root("host.json", SnapshotJson.write(host))))
                .isEqualTo(host);
    }

    @Test
    void copy_of_the_files_that_were_read_gives_the_same_facts() throws IOException {
        copiesTheSame();
        Files.delete(root.resolve("sys/firmware/acpi/tables/DMAR"));
        Files.delete(root.resolve("sys/firmware/acpi/tables/MCFG"));
        assertThat(new HostTree(root).snapshot().firmware().configWindows().value())
                .contains(List.of());
        assertThat(copiesTheSame().iommu().dmar().value()).contains(Optional.empty());
    }

    private Snapshot copiesTheSame() throws IOException {
        HostRoot files = HostRoot.of(root);
        Snapshot read = new HostReader(files).read("a test");
        for (Map.Entry<String, Image> file : files.copy().files().entrySet()) {
            new HostTree(copy).bytes(file.getKey().substring(1), file.getValue());
        }
        for (String directory : files.copy().directories()) {
            Files.createDirectories(copy.resolve(directory.substring(1)));
        }
        assertThat(new HostTree(copy).snapshot()).isEqualTo(read);
        for (String part :
                List.of("boot", "dev", "dmesg.txt", "etc", "proc", "run", "sys", "usr")) {
            new HostTree(copy).delete(part);
        }
        return read;
    }
}
