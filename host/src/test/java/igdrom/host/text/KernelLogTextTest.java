package igdrom.host.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import igdrom.formats.acpi.Dmar;
import igdrom.formats.pci.PciId;
import igdrom.host.BootLoader;
import igdrom.host.Fact;
import igdrom.host.FramebufferHolder;
import igdrom.host.LogMessage;
import igdrom.host.MemoryRange;
import igdrom.host.OperatingSystem;
import igdrom.host.PciBar;
import igdrom.host.ProcessorModel;
import igdrom.host.RemappingUnit;
import igdrom.host.Snapshot;
import igdrom.host.VirtualFunctions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

class KernelLogTextTest {
    private static final String START =
            """
            [    0.000000] Linux version 6.8.12-4-pve (build@proxmox) (gcc (Debian 12.2.0-14) 12.2.0) #1 SMP
            [    0.000000] Command line: BOOT_IMAGE=/boot/vmlinuz-6.8.12-4-pve root=UUID=0fc63daf-8483-4772-8e79-3d69d8477de4 ro quiet intel_iommu=on vfio-pci.disable_vga=1
            """;

    private static final String TABLES =
            """
            [    0.004000] ACPI: FACP 0x0000000076961000 000114 (v06 COREv4 COREBOOT 00000000 CORE 20221020)
            [    0.004000] ACPI: DSDT 0x0000000076952100 00E5AB (v02 COREv4 COREBOOT 20110725 INTL 20220331)
            """;

    private static final String END = "[    1.200000] Run /init as init process\n";

    private static final String WHOLE =
            START
                    + """
                    [    0.000000] efi: EFI v2.7 by EDK II
                    [    0.000000] DMI: System76 Bonobo WS/Bonobo X, BIOS 2023-10-20_2e4e34b (1.18 ) 10/20/2023
                    [    0.001000] secureboot: Secure boot enabled
                    [    0.001000] Kernel is locked down from EFI Secure Boot mode; see man kernel_lockdown.7
                    """
                    + TABLES
                    + """
                    [    0.004000] ACPI: DMAR 0x0000000076952000 000088 (v01 COREv4 COREBOOT 00000000 CORE 20221020)
                    [    0.193788] Reserving Intel graphics memory at [mem 0x7c800000-0x803fffff]
                    [    0.422621] DMAR: Host address width 39
                    [    0.422622] DMAR: DRHD base: 0x000000fed90000 flags: 0x0
                    [    0.422628] DMAR: dmar0: reg_base_addr fed90000 ver 4:0 cap 1c0000c40660462 ecap 29a00f0505e
                    [    0.422631] DMAR: DRHD base: 0x000000fed91000 flags: 0x1
                    [    0.422639] DMAR: RMRR base: 0x0000007c000000 end: 0x000000803fffff
                    [    0.422639] DMAR: RMRR base: 0x000000bf393000 end: 0x000000bf5dcfff
                    [    0.450000] smpboot: CPU0: Intel(R) Core(TM) i9-13900HX (family: 0x6, model: 0xb7, stepping: 0x1)
                    [    0.679884] pci 0000:00:00.0: [8086:a702] type 00 class 0x060000 conventional PCI endpoint
                    [    0.679884] pci 0000:00:02.0: [8086:a788] type 00 class 0x030000 PCIe Root Complex Integrated Endpoint
                    [    0.679894] pci 0000:00:02.0: BAR 0 [mem 0x83000000-0x83ffffff 64bit]
                    [    0.679900] pci 0000:00:02.0: BAR 2 [mem 0x90000000-0x9fffffff 64bit pref]
                    [    0.679905] pci 0000:00:02.0: BAR 4 [io  0x1000-0x103f]
                    [    0.679956] pci 0000:00:02.0: VF BAR 0 [mem 0x00000000-0x06ffffff 64bit]: contains BAR 0 for 7 VFs
                    [    0.684640] pci 0000:02:00.0: [10de:2757] type 00 class 0x030000 PCIe Legacy Endpoint
                    [    0.720321] pci 0000:00:02.0: vgaarb: setting as boot VGA device
                    [    0.720321] pci 0000:02:00.0: vgaarb: setting as boot VGA device (overriding previous)
                    [    0.751431] DMAR: IOMMU enabled
                    [    0.751636] pci 0000:00:02.0: Adding to iommu group 0
                    [    0.751669] pci 0000:00:00.0: Adding to iommu group 1
                    [    0.800000] efifb: framebuffer at 0x90000000, using 4128k, total 4128k
                    [    0.900000] VFIO - User Level meta-driver version: 0.3
                    """
                    + END
                    + "[    3.000000] vfio-pci 0000:00:02.0: vgaarb: deactivate vga console\n"
                    + "[    3.100000] vfio-pci 0000:00:02.0: Invalid PCI ROM header signature:"
                    + " expecting 0xaa55, got 0x0000\n"
                    + "[    9.000000] DMAR: DRHD: handling fault status reg 3\n"
                    + "[    9.000000] DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr"
                    + " 0x7c800000 [fault reason 0x06] PTE Read access is not set\n";

    private final Snapshot host = Pasted.snapshot(WHOLE);

    @Test
    void log_of_a_whole_boot_names_machine_and_kernel() {
        assertThat(host.kernel().release()).isEqualTo(known("6.8.12-4-pve", 1));
        assertThat(host.kernel().commandLine())
                .isEqualTo(
                        known(
                                "BOOT_IMAGE=/boot/vmlinuz-6.8.12-4-pve root=<removed> ro quiet"
                                        + " intel_iommu=on vfio-pci.disable_vga=1",
                                2));
        assertThat(host.machine().system()).isEqualTo(known(OperatingSystem.LINUX, 1));
        assertThat(host.machine().distribution()).isEqualTo(known("debian", 1));
        assertThat(host.machine().bootLoader()).isEqualTo(known(BootLoader.GRUB, 2));
        assertThat(host.machine().processor().value()).contains("Intel(R) Core(TM) i9-13900HX");
        assertThat(host.machine().processorModel().value())
                .contains(new ProcessorModel(6, 0xb7, 1));
        assertThat(host.machine().virtual().value()).contains(false);
        assertThat(host.vfio().disableVga()).isEqualTo(known(true, 2));
        assertThat(host.vfio().loaded().value()).contains(true);
        assertThat(host.firmware().uefi()).isEqualTo(known(true, 3));
        assertThat(host.firmware().product()).isEqualTo(known("System76 Bonobo WS", 4));
        assertThat(host.firmware().board()).isEqualTo(known("Bonobo X", 4));
        assertThat(host.firmware().version()).isEqualTo(known("2023-10-20_2e4e34b (1.18 )", 4));
        assertThat(host.firmware().date()).isEqualTo(known("10/20/2023", 4));
        assertThat(host.firmware().secureBoot()).isEqualTo(known(true, 5));
        assertThat(host.firmware().lockdown()).isEqualTo(known("integrity", 6));
        assertThat(host.firmware().bootLogo().value()).contains(false);
    }

    @Test
    void log_tells_the_iommu_and_whose_memory_is_reserved() {
        Dmar dmar = host.iommu().dmar().value().orElseThrow().orElseThrow();
        assertThat(dmar)
                .isEqualTo(
                        new Dmar(
                                39,
                                List.of(
                                        new Dmar.Unit(0xfed90000L, false, List.of()),
                                        new Dmar.Unit(0xfed91000L, true, List.of())),
                                List.of(
                                        new Dmar.ReservedMemory(
                                                0x7c000000L, 0x803fffffL, List.of("0000:00:02.0")),
                                        new Dmar.ReservedMemory(
                                                0xbf393000L, 0xbf5dcfffL, List.of())),
                                List.of(0, 0, 1, 1)));
        assertThat(host.stolenMemory().value()).contains(new MemoryRange(0x7c800000L, 60L << 20));
        assertThat(host.iommu().units().value().orElseThrow())
                .extracting(RemappingUnit::name, RemappingUnit::addressWidth)
                .containsExactly(tuple("dmar0", 39));
        assertThat(host.igd().use().iommuGroup().value()).contains(Optional.of(0));
    }

    @Test
    void log_lists_functions_and_the_last_boot_display() {
        assertThat(host.igd().id().value()).contains(PciId.intel(0xa788));
        assertThat(host.igd().use().bars().value().orElseThrow())
                .extracting(PciBar::index, PciBar::kind)
                .containsExactly(
                        tuple(0, PciBar.Kind.MEMORY),
                        tuple(2, PciBar.Kind.PREFETCHABLE_MEMORY),
                        tuple(4, PciBar.Kind.IO));
        assertThat(host.igd().use().virtualFunctions().value())
                .contains(new VirtualFunctions(7, 0));
        assertThat(host.igd().use().bootVga().value()).contains(false);
        assertThat(host.pci().at("0000:02:00.0").orElseThrow().use().bootVga().value())
                .contains(true);
        assertThat(host.igd().use().driver().value()).contains(Optional.of("vfio-pci"));
        assertThat(host.lpc().id())
                .isEqualTo(new Fact.Unknown<>(Pasted.FILE, "no device is there"));
    }

    @Test
    void lines_that_matter_are_kept_without_time_and_identifiers() {
        List<String> log = host.kernel().log().value().orElseThrow();
        assertThat(LogMessage.ROM_SIGNATURE.of(log))
                .containsExactly(
                        "vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting"
                                + " 0xaa55, got 0x0000");
        assertThat(LogMessage.IOMMU_ENABLED.of(log)).containsExactly("DMAR: IOMMU enabled");
        assertThat(LogMessage.DMAR_FAULT.of(log)).hasSize(1);
        assertThat(log).noneMatch(line -> line.contains("0fc63daf"));
        assertThat(log).noneMatch(line -> line.startsWith("["));
    }

    @Test
    void framebuffer_holds_the_graphics_until_a_driver_takes_them() {
        String until = WHOLE.substring(0, WHOLE.indexOf("[    3.000000]"));
        assertThat(Pasted.snapshot(until).graphics().holders().value())
                .contains(List.of(new FramebufferHolder("efifb", Pasted.line(30))));
        assertThat(host.graphics().holders().value()).contains(List.of());
        String elsewhere = until.replace("framebuffer at 0x90000000", "framebuffer at 0xd0000000");
        assertThat(Pasted.snapshot(elsewhere).graphics().holders().value()).contains(List.of());
    }

    @Test
    void log_without_groups_means_that_the_iommu_is_off() {
        Snapshot off = Pasted.snapshot(START + TABLES + END);
        assertThat(off.iommu().units()).isEqualTo(new Fact.Known<>(List.of(), Pasted.FILE));
        assertThat(off.iommu().groups()).isEqualTo(new Fact.Known<>(List.of(), Pasted.FILE));
        assertThat(off.iommu().dmar()).isEqualTo(new Fact.Known<>(Optional.empty(), Pasted.FILE));
        assertThat(off.firmware().uefi()).isEqualTo(new Fact.Known<>(false, Pasted.FILE));
        assertThat(off.firmware().lockdown()).isEqualTo(new Fact.Known<>("none", Pasted.FILE));
    }

    @Test
    void part_of_a_log_does_not_say_what_is_missing() {
        Snapshot part =
                Pasted.snapshot(
                        "[    0.751431] DMAR: Intel-IOMMU force enabled due to platform opt in\n");
        assertThat(part.iommu().units().value()).isEmpty();
        assertThat(part.iommu().dmar().value()).isEmpty();
        assertThat(part.firmware().uefi().value()).isEmpty();
        assertThat(part.firmware().bootLogo().value()).isEmpty();
        assertThat(part.graphics().holders().value()).isEmpty();
        assertThat(LogMessage.IOMMU_OPT_IN.of(part.kernel().log().value().orElseThrow()))
                .hasSize(1);
        Snapshot early = Pasted.snapshot(START + TABLES);
        assertThat(early.iommu().dmar().value()).isEmpty();
    }

    @Test
    void time_stamps_of_all_tools_are_removed() {
        for (String stamp :
                List.of(
                        "[    0.751431] ",
                        "[    0.751431][    T1] ",
                        "<6>[    0.751431] ",
                        "kern  :info  : [    0.751431] ",
                        "[Sun Nov 29 18:42:23 2026] ",
                        "Nov 29 18:42:23 host kernel: ",
                        "Nov 29 18:42:23 host kernel: [    0.751431] ",
                        "2026-11-29T18:42:23.123456+00:00 host kernel: ",
                        "")) {
            assertThat(LogMessage.withoutTimeStamp(stamp + "DMAR: IOMMU enabled"))
                    .isEqualTo("DMAR: IOMMU enabled");
        }
        assertThat(LogMessage.withoutTimeStamp("[    1.0] [drm] Initialized i915 1.6.0"))
                .isEqualTo("[drm] Initialized i915 1.6.0");
    }

    @Test
    void faults_of_all_kernels_are_recognised() {
        for (String fault :
                List.of(
                        "DMAR: [DMA Read] Request device [00:02.0] fault addr 7c800000 [fault"
                                + " reason 06] PTE Read access is not set",
                        "DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x7c800000",
                        "DMAR: [DMA Write] Request device [00:02.0] PASID ffffffff fault addr"
                                + " 7c800000",
                        "DMAR: [DMA Read NO_PASID] Request device [0x00:0x02.0] fault addr"
                                + " 0x7c800000")) {
            Matcher matcher = LogMessage.DMAR_FAULT.in(fault);
            assertThat(matcher.find()).as(fault).isTrue();
            assertThat(matcher.group(3)).isEqualTo("7c800000");
        }
    }

    @Test
    void journal_of_several_boots_is_read_from_the_last_one() {
        String journal =
                "Nov 28 10:00:00 host kernel: Linux version 6.1.0-20-amd64 (debian-kernel@lists)\n"
                        + "Nov 28 10:00:00 host kernel: pci 0000:00:02.0: [8086:3e98] type 00"
                        + " class 0x030000\n"
                        + "-- Boot 5e2b --\n"
                        + "Nov 29 10:00:00 host kernel: Linux version 6.12.0 (builder@x)\n"
                        + "Nov 29 10:00:00 host kernel: pci 0000:00:02.0: [8086:46d1] type 00"
                        + " class 0x030000\n";
        Snapshot last = Pasted.snapshot(journal);
        assertThat(last.kernel().release()).isEqualTo(known("6.12.0", 4));
        assertThat(last.igd().id().value()).contains(PciId.intel(0x46d1));
        assertThat(last.machine().distribution().value()).isEmpty();
    }

    @Test
    void log_of_a_guest_says_that_it_is_one() {
        assertThat(
                        Pasted.snapshot(START + "[    0.000000] Hypervisor detected: KVM\n" + END)
                                .machine()
                                .virtual()
                                .value())
                .contains(true);
    }

    @Test
    void bluetooth_does_not_speak_of_the_firmware() {
        assertThat(
                        Pasted.snapshot(
                                        START
                                                + "[    7.6] Bluetooth: hci0: Secure boot is"
                                                + " enabled\n")
                                .firmware()
                                .secureBoot()
                                .value())
                .isEmpty();
    }

    private static <T> Fact<T> known(T value, int line) {
        return new Fact.Known<>(value, Pasted.line(line));
    }
}
