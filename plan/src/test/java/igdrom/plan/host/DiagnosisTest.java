package igdrom.plan.host;

import static igdrom.plan.host.MadeHost.denied;
import static igdrom.plan.host.MadeHost.function;
import static igdrom.plan.host.MadeHost.known;
import static igdrom.plan.host.MadeHost.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.host.BootLoader;
import igdrom.host.Connector;
import igdrom.host.DeviceUser;
import igdrom.host.Fact;
import igdrom.host.FirmwareImage;
import igdrom.host.FirmwareImage.FoundGop;
import igdrom.host.FramebufferHolder;
import igdrom.host.IommuGroup;
import igdrom.host.OperatingSystem;
import igdrom.host.PciFunction;
import igdrom.host.Snapshot;
import igdrom.host.TextConsole;
import igdrom.host.VirtualFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final Fact<Integer> CLASS_0380 = known(0x038000);

    private final MadeHost host = new MadeHost();

    @Test
    void host_in_good_order_has_no_warning_and_can_hand_over_its_igd() {
        Diagnosis diagnosis = host.diagnosis();
        assertThat(diagnosis.checks())
                .filteredOn(
                        check -> check.state() == State.WARNING || check.state() == State.FAILURE)
                .isEmpty();
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.YES);
        assertThat(diagnosis.modes())
                .extracting(ModeVerdict::mode, ModeVerdict::verdict, ModeVerdict::proof)
                .containsExactly(
                        tuple(Mode.BEFORE_OS, Verdict.YES, Proof.REPORTED),
                        tuple(Mode.AFTER_OS, Verdict.YES, Proof.REPORTED),
                        tuple(Mode.VGA_BIOS, Verdict.YES, Proof.REPORTED),
                        tuple(Mode.SRIOV, Verdict.NO, Proof.UNPROVEN));
        assertThat(diagnosis.next()).containsExactly(HostRemedy.BUILD_ROM);
    }

    @Test
    void host_without_any_fact_gets_no_verdict_and_no_reassurance() {
        Diagnosis diagnosis = Diagnosis.of(Snapshot.unknown("a test", "the text", "not there"));
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(diagnosis.checks()).noneMatch(check -> check.state() == State.OK);
        assertThat(diagnosis.modes()).isEmpty();
    }

    @Test
    void checks_are_in_the_order_of_their_names() {
        List<CheckName> names = host.diagnosis().checks().stream().map(HostCheck::name).toList();
        assertThat(names).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void every_known_fact_that_a_check_rests_on_is_named_as_its_source() {
        for (HostCheck check : host.diagnosis().checks()) {
            assertThat(check.sources()).as(check.name().id()).isNotEmpty();
        }
    }

    @Test
    void igd_that_the_firmware_hides_is_told_from_a_processor_without_one() {
        noIgd();
        host.bridgeConfig = known(new Emitter().fillTo(0x54, 0).u32(0x8029).toImage());
        HostCheck hidden = host.check(CheckName.DEVICE);
        assertThat(hidden.state()).isEqualTo(State.FAILURE);
        assertThat(hidden.text())
                .isEqualTo(
                        "no Intel graphics: the firmware has switched them off (bit 4 of DEVEN,"
                                + " 0x54 of the host bridge, is 0)");
        host.bridgeConfig = unknown();
        assertThat(host.check(CheckName.DEVICE).text())
                .startsWith("no Intel graphics: either the firmware has switched them off, or");
        assertThat(fix(host.check(CheckName.DEVICE))).contains("Internal Graphics");
    }

    @Test
    void host_of_another_vendor_has_no_intel_graphics() {
        noIgd();
        host.bridgeId = known(new PciId(0x1022, 0x1480));
        assertThat(host.check(CheckName.DEVICE).text())
                .isEqualTo("no Intel graphics: the host bridge is 1022:1480, not Intel's");
    }

    @Test
    void graphics_before_sandy_bridge_are_too_old() {
        host.id = known(PciId.intel(0x0046));
        assertThat(host.check(CheckName.DEVICE).state()).isEqualTo(State.FAILURE);
        assertThat(host.check(CheckName.DEVICE).text())
                .startsWith("8086:0046 is Ironlake, older than Sandy Bridge");
    }

    @Test
    void unknown_graphics_are_a_warning_not_a_failure() {
        host.id = known(PciId.intel(0xfffe));
        assertThat(host.check(CheckName.DEVICE).state()).isEqualTo(State.WARNING);
        assertThat(host.diagnosis().verdict()).isEqualTo(Verdict.YES);
    }

    @Test
    void text_without_ids_leaves_the_verdict_open() {
        host.id = unknown();
        assertThat(host.check(CheckName.DEVICE).state()).isEqualTo(State.UNKNOWN);
        assertThat(host.diagnosis().verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void guest_and_other_systems_leave_the_verdict_open_and_a_container_does_not() {
        host.virtual = known(true);
        assertThat(host.diagnosis().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(host.diagnosis().next()).containsExactly(HostRemedy.READ_ON_HOST);
        Diagnosis guest = guestWithoutIgd().diagnosis();
        assertThat(guest.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(guest.checks()).extracting(HostCheck::name).containsExactly(CheckName.SYSTEM);
        host.virtual = known(false);
        host.system = known(OperatingSystem.OTHER);
        assertThat(host.diagnosis().verdict()).isEqualTo(Verdict.UNKNOWN);
        host.system = known(OperatingSystem.LINUX);
        host.container = known(true);
        assertThat(host.check(CheckName.SYSTEM).state()).isEqualTo(State.WARNING);
        assertThat(host.diagnosis().verdict()).isEqualTo(Verdict.YES);
    }

    @Test
    void iommu_that_is_on_needs_no_word_on_the_command_line() {
        host.commandLine = known("quiet");
        assertThat(host.check(CheckName.IOMMU).text()).isEqualTo("on: dmar0, dmar1");
        host.units = unknown();
        host.groups = unknown();
        host.group = unknown();
        host.log = known(List.of("DMAR: Intel-IOMMU force enabled due to platform opt in"));
        assertThat(host.check(CheckName.IOMMU).state()).isEqualTo(State.OK);
    }

    @Test
    void iommu_that_is_off_is_switched_on_where_it_is_off() {
        iommuOff();
        host.commandLine = known("quiet");
        HostCheck kernel = host.check(CheckName.IOMMU);
        assertThat(kernel.state()).isEqualTo(State.FAILURE);
        assertThat(fix(kernel))
                .isEqualTo(
                        "add intel_iommu=on to GRUB_CMDLINE_LINUX_DEFAULT in /etc/default/grub,"
                                + " then reboot; sudo update-grub");
        host.dmar = known(Optional.empty());
        HostCheck firmware = host.check(CheckName.IOMMU);
        assertThat(firmware.text()).startsWith("the firmware offers no IOMMU");
        assertThat(fix(firmware)).contains("VT-d");
        host.dmar = unknown();
        host.commandLine = known("intel_iommu=on");
        assertThat(host.check(CheckName.IOMMU).text())
                .isEqualTo(
                        "off although the kernel was started with intel_iommu=on: the firmware"
                                + " does not offer one");
    }

    @Test
    void parameter_that_excludes_the_igd_from_the_iommu_is_removed() {
        host.group = known(Optional.empty());
        host.groups = known(List.of(new IommuGroup(1, List.of("0000:00:1f.0"), unknown())));
        for (String parameter : List.of("intel_iommu=on,igfx_off", "intel_iommu=intgpu_off")) {
            host.commandLine = known(parameter);
            HostCheck check = host.check(CheckName.IOMMU);
            assertThat(check.state()).isEqualTo(State.FAILURE);
            assertThat(fix(check)).startsWith("remove " + parameter + " from");
        }
    }

    @Test
    void igd_that_the_kernel_leaves_out_of_the_iommu_is_a_failure() {
        host.group = known(Optional.empty());
        host.groups = known(List.of(new IommuGroup(1, List.of("0000:00:1f.0"), unknown())));
        host.commandLine = known("quiet");
        HostCheck check = host.check(CheckName.IOMMU);
        assertThat(check.state()).isEqualTo(State.FAILURE);
        assertThat(check.text()).startsWith("on, but not for the IGD, which is in no IOMMU group");
        assertThat(fix(check)).startsWith("add intel_iommu=on to");
    }

    @Test
    void iommu_of_which_nothing_is_recorded_leaves_the_verdict_open() {
        host.units = unknown();
        host.groups = unknown();
        host.group = unknown();
        assertThat(host.check(CheckName.IOMMU).text())
                .isEqualTo(
                        "the firmware offers one (ACPI table DMAR); whether the kernel uses one is"
                                + " not recorded");
        assertThat(host.diagnosis().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(host.diagnosis().checks())
                .noneMatch(check -> check.name() == CheckName.IOMMU_GROUP);
    }

    @Test
    void kernel_parameters_are_changed_as_each_boot_loader_wants_it() {
        iommuOff();
        host.distribution = known("fedora");
        assertThat(fix(host.check(CheckName.IOMMU)))
                .endsWith("sudo grubby --update-kernel=ALL --args=\"intel_iommu=on\"");
        host.distribution = known("arch");
        assertThat(fix(host.check(CheckName.IOMMU)))
                .endsWith("sudo grub-mkconfig -o /boot/grub/grub.cfg");
        host.distribution = known("opensuse-leap");
        assertThat(fix(host.check(CheckName.IOMMU)))
                .endsWith("sudo grub2-mkconfig -o /boot/grub2/grub.cfg");
        host.distribution = known("debian");
        host.proxmox = known(Optional.of("8.4.1"));
        assertThat(fix(host.check(CheckName.IOMMU))).endsWith("; update-grub");
        host.bootLoader = known(BootLoader.PROXMOX_BOOT_TOOL);
        assertThat(fix(host.check(CheckName.IOMMU)))
                .isEqualTo(
                        "add intel_iommu=on to the one line of /etc/kernel/cmdline, then reboot;"
                                + " proxmox-boot-tool refresh");
        host.proxmox = known(Optional.empty());
        host.bootLoader = known(BootLoader.SYSTEMD_BOOT);
        assertThat(fix(host.check(CheckName.IOMMU))).contains("/boot/loader/entries");
        host.distribution = known("pop");
        assertThat(fix(host.check(CheckName.IOMMU)))
                .endsWith("sudo kernelstub -a \"intel_iommu=on\"");
        host.distribution = known("nixos");
        assertThat(fix(host.check(CheckName.IOMMU))).contains("boot.kernelParams");
        host.distribution = unknown();
        host.bootLoader = unknown();
        assertThat(fix(host.check(CheckName.IOMMU)))
                .contains("the kernel command line of the boot loader");
    }

    @Test
    void devices_in_the_group_of_the_igd_are_a_warning_and_bridges_are_not() {
        host.others.add(function("0000:00:01.0", 0x8086, 0x1901, 0x060400));
        host.others.add(function("0000:01:00.0", 0x10de, 0x1b06, 0x030000));
        host.groups = group("0000:00:02.0", "0000:00:01.0");
        assertThat(host.check(CheckName.IOMMU_GROUP).state()).isEqualTo(State.OK);
        host.groups = group("0000:00:02.0", "0000:01:00.0");
        assertThat(host.check(CheckName.IOMMU_GROUP).text())
                .startsWith("group 0 also has 01:00.0 (10de:1b06)");
    }

    @Test
    void width_of_the_iommu_limits_a_guest_only_when_the_processor_has_more() {
        for (int width : new int[] {36, 38, 39, 42}) {
            host.units = known(List.of(MadeHost.unit("dmar0", width)));
            host.addressWidth = known(width);
            assertThat(host.check(CheckName.ADDRESS_WIDTH).state()).isEqualTo(State.OK);
        }
        host.units = known(List.of(MadeHost.unit("dmar0", 39)));
        host.addressWidth = known(46);
        HostCheck check = host.check(CheckName.ADDRESS_WIDTH);
        assertThat(check.state()).isEqualTo(State.WARNING);
        assertThat(fix(check)).contains("host-phys-bits-limit=39").contains("limit='39'");
        host.proxmox = known(Optional.of("9.0.3"));
        assertThat(fix(host.check(CheckName.ADDRESS_WIDTH)))
                .isEqualTo("give the guest 39 bits: cpu: host,phys-bits=39");
    }

    @Test
    void bridges_of_another_class_make_the_kernel_refuse_the_igd() {
        host.lpcClass = known(0x068000);
        HostCheck check = host.check(CheckName.BRIDGES);
        assertThat(check.state()).isEqualTo(State.FAILURE);
        assertThat(check.text()).startsWith("00:1f.0 has class 0680, not 0601 (ISA bridge)");
    }

    @Test
    void vmd_is_judged_by_the_classes_of_the_bridges() {
        host.others.add(function("0000:00:0e.0", 0x8086, 0x9a0b, 0x010400));
        assertThat(host.check(CheckName.BRIDGES).text()).endsWith("; VMD is on and harmless");
        host.others.clear();
        host.others.add(function("0000:00:0e.0", 0x8086, 0x3198, 0x040100));
        assertThat(host.check(CheckName.BRIDGES).text()).doesNotContain("VMD");
    }

    @Test
    void stolen_memory_and_its_page_table_are_the_rmrr() {
        assertThat(host.check(CheckName.STOLEN_MEMORY).text())
                .isEqualTo(
                        "64 MiB at 0x8c000000; with its page table: RMRR"
                                + " 0x8b800000-0x8fffffff, 72 MiB");
    }

    @Test
    void absurd_addresses_are_no_stolen_memory() {
        host.id = known(PciId.intel(0x46d1));
        host.stolenMemory = unknown();
        for (long base : new long[] {0x7fff_ffff_fff0_0001L, 0xffff_ffff_fff0_0001L, 1}) {
            host.bdsm = base;
            host.dmar = known(Optional.of(MadeHost.dmar(0, Long.MAX_VALUE)));
            assertThat(host.check(CheckName.STOLEN_MEMORY).state()).isEqualTo(State.UNKNOWN);
            assertThat(machineText()).isEqualTo("a ROM of igdrom serves both");
        }
    }

    @Test
    void graphics_without_stolen_memory_in_a_guest_need_no_rmrr() {
        for (int id : new int[] {0x7d55, 0x64a0}) {
            host.id = known(PciId.intel(id));
            host.dmar = known(Optional.of(MadeHost.dmar(0, 0)));
            HostCheck check = host.check(CheckName.STOLEN_MEMORY);
            assertThat(check.state()).isEqualTo(State.OK);
            assertThat(check.text()).contains("an RMRR is not to be expected");
        }
    }

    @Test
    void stolen_memory_of_size_0_is_a_warning_with_the_setting() {
        host.ggc = 0x00c0;
        HostCheck check = host.check(CheckName.STOLEN_MEMORY);
        assertThat(check.state()).isEqualTo(State.WARNING);
        assertThat(fix(check)).contains("DVMT Pre-Allocated");
    }

    @Test
    void what_only_root_can_read_is_unknown_and_says_so() {
        host.configSize = 64;
        host.dmar = denied("/sys/firmware/acpi/tables/DMAR");
        host.stolenMemory = new Fact.Unknown<>("/proc/iomem", "addresses are shown to root only");
        host.opRegion = denied("/sys/kernel/debug");
        host.log = denied("/dev/kmsg");
        Fix root = new Fix.Use(HostRemedy.READ_AS_ROOT);
        for (CheckName name :
                List.of(CheckName.STOLEN_MEMORY, CheckName.OPREGION, CheckName.KERNEL_LOG)) {
            assertThat(host.check(name).state()).as(name.id()).isEqualTo(State.UNKNOWN);
            assertThat(host.check(name).fixes()).containsExactly(root);
        }
        assertThat(host.diagnosis().verdict()).isEqualTo(Verdict.YES);
    }

    @Test
    void hypervisor_that_leaves_registers_to_the_hardware_is_named_with_its_cause() {
        host.classCode = CLASS_0380;
        assertThat(registers()).contains("only from Linux 6.15 on, vfio offers the OpRegion");
        host.release = known("6.17.1");
        host.qemu = known(Optional.of("10.0.13"));
        assertThat(registers()).contains("QEMU below 10.1 takes only a VGA controller");
        host.qemu = known(Optional.of("10.1.0"));
        assertThat(host.check(CheckName.REGISTERS).state()).isEqualTo(State.OK);
        host.classCode = known(0x030000);
        host.asls = 0;
        assertThat(registers()).contains("the host's firmware set up no OpRegion (ASLS is 0x0)");
        host.asls = 0x8000_0000L;
        host.options = known(Map.of("CONFIG_VFIO_PCI", "m", "CONFIG_VFIO_PCI_IGD", "n"));
        assertThat(registers()).contains("the kernel has no CONFIG_VFIO_PCI_IGD");
        assertThat(host.mode(Mode.BEFORE_OS).verdict()).isEqualTo(Verdict.NO);
        assertThat(host.mode(Mode.AFTER_OS).verdict()).isEqualTo(Verdict.YES);
    }

    @Test
    void generations_that_an_old_qemu_does_not_know_are_named() {
        host.qemu = known(Optional.of("8.2.2"));
        host.id = known(PciId.intel(0x46d1));
        assertThat(registers()).contains("QEMU below 9.2 writes the base of stolen");
        host.id = known(PciId.intel(0x7d55));
        assertThat(registers()).contains("QEMU below 9.2 does not know this id");
        host.qemu = known(Optional.of("10.1.2"));
        assertThat(host.check(CheckName.REGISTERS).state()).isEqualTo(State.OK);
        host.id = known(PciId.intel(0x87c0));
        assertThat(registers()).contains("QEMU knows no Amber Lake");
    }

    @Test
    void kernel_of_unknown_configuration_is_not_taken_for_one_that_emulates() {
        host.options = unknown();
        assertThat(host.check(CheckName.REGISTERS).state()).isEqualTo(State.UNKNOWN);
        assertThat(host.mode(Mode.BEFORE_OS).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void opregion_is_shown_with_its_vbt() {
        Emitter vbt = new Emitter();
        new VbtBuilder("COFFEELAKE", 221)
                .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build()
                .write(vbt);
        Emitter region = new Emitter();
        OpRegionBuilder.around(vbt.toImage()).write(region);
        host.opRegion = known(region.toImage());
        assertThat(host.check(CheckName.OPREGION).text()).endsWith("with VBT COFFEELAKE");
        host.opRegion = known(Image.ofAscii("nothing of the kind"));
        assertThat(host.check(CheckName.OPREGION).state()).isEqualTo(State.WARNING);
    }

    @Test
    void gop_of_a_host_with_a_legacy_boot_can_only_be_seen_in_its_firmware() {
        host.id = known(PciId.intel(0x0152));
        host.uefi = known(false);
        host.bootLogo = known(false);
        GopAnswer answer = host.diagnosis().gop();
        assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(answer.text())
                .isEqualTo(
                        "none ran, since a legacy BIOS started the host; Intel made one for Ivy"
                            + " Bridge (3.0.1030 was seen in public), and a board's firmware may"
                            + " have it although it starts like this: an image of the firmware"
                            + " shows it");
        assertThat(host.check(CheckName.GOP).fixes())
                .containsExactly(new Fix.Use(HostRemedy.GIVE_FIRMWARE));
        assertThat(host.check(CheckName.BOOT_MODE).state()).isEqualTo(State.WARNING);
        assertThat(host.diagnosis().verdict()).isEqualTo(Verdict.YES);
        assertThat(host.mode(Mode.BEFORE_OS).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void gop_in_the_firmware_image_counts_more_than_anything_else() {
        host.uefi = known(false);
        PciId id = PciId.intel(0x3e98);
        host.image = image(new FoundGop("9.0.1080", List.of(id), 60000, "00"));
        assertThat(host.diagnosis().gop())
                .isEqualTo(
                        new GopAnswer(
                                Verdict.YES,
                                Proof.SEEN,
                                "the firmware image has GOP 9.0.1080, which lists 8086:3e98"));
        host.image = image(new FoundGop("9.0.1080", List.of(PciId.intel(1)), 60000, "00"));
        assertThat(host.diagnosis().gop().text()).contains("which does not list 8086:3e98");
        host.image = image();
        assertThat(host.diagnosis().gop().text()).startsWith("the firmware image has no GOP");
        assertThat(host.mode(Mode.BEFORE_OS).verdict()).isEqualTo(Verdict.NO);
    }

    @Test
    void gop_that_ran_is_seen_by_its_traces() {
        assertThat(host.diagnosis().gop().text()).contains("boot logo (BGRT)");
        host.holders = known(List.of(new FramebufferHolder("efifb", "/proc/iomem")));
        assertThat(host.diagnosis().gop().text())
                .contains("framebuffer is in the memory of the IGD");
        host.consoles = known(List.of("00:02.0"));
        assertThat(host.diagnosis().gop().text()).contains("ConOut");
    }

    @Test
    void gop_that_ran_is_seen_in_the_log_without_a_logo() {
        host.bootLogo = known(false);
        host.log = known(List.of("pci 0000:01:00.0: BAR 1: assigned to efifb"));
        assertThat(host.diagnosis().gop().verdict()).isEqualTo(Verdict.UNKNOWN);
        host.log = known(List.of("pci 0000:00:02.0: BAR 2: assigned to efifb"));
        assertThat(host.diagnosis().gop())
                .isEqualTo(
                        new GopAnswer(
                                Verdict.YES,
                                Proof.SEEN,
                                "one ran: the firmware's framebuffer was in the memory of the IGD"
                                        + " when the kernel started"));
    }

    @Test
    void logo_of_another_display_proves_no_gop_of_the_igd() {
        host.bootVga = known(false);
        host.others.add(
                function(
                        "0000:01:00.0",
                        new PciId(0x10de, 0x1b06),
                        0x030000,
                        known(true),
                        unknown()));
        assertThat(host.diagnosis().gop().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(host.diagnosis().gop().text()).contains("another display, 01:00.0 (10de:1b06)");
        assertThat(host.check(CheckName.PRIMARY_DISPLAY).state()).isEqualTo(State.OK);
    }

    @Test
    void framebuffer_counts_by_what_the_kernel_does_with_it() {
        host.driver = known(Optional.empty());
        host.holders = known(List.of(new FramebufferHolder("efifb", "/proc/iomem")));
        assertThat(host.check(CheckName.FRAMEBUFFER).state()).isEqualTo(State.OK);
        host.release = known("5.15.0-91-generic");
        assertThat(host.check(CheckName.FRAMEBUFFER).state()).isEqualTo(State.FAILURE);
        assertThat(fix(host.check(CheckName.FRAMEBUFFER))).startsWith("add video=efifb:off to");
        host.release = known("6.12.0");
        host.driver = known(Optional.of("vfio-pci"));
        host.holders = known(List.of(new FramebufferHolder("BOOTFB", "/proc/iomem")));
        assertThat(host.check(CheckName.FRAMEBUFFER).text())
                .isEqualTo("BOOTFB still holds its memory although vfio-pci has the IGD");
        host.driver = known(Optional.empty());
        host.release = unknown();
        assertThat(host.check(CheckName.FRAMEBUFFER).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void driver_of_the_host_is_a_warning_with_the_lines_that_prevent_it() {
        host.driver = known(Optional.of("i915"));
        HostCheck check = host.check(CheckName.DRIVER);
        assertThat(check.state()).isEqualTo(State.WARNING);
        assertThat(fix(check))
                .contains("/etc/modprobe.d/igd.conf")
                .contains("update-initramfs -u -k all")
                .endsWith("options vfio-pci ids=8086:3e98; softdep i915 pre: vfio-pci");
        host.virtualFunctions = known(new VirtualFunctions(7, 7));
        assertThat(host.check(CheckName.DRIVER).state()).isEqualTo(State.OK);
    }

    @Test
    void programs_that_use_the_device_are_named_before_anybody_takes_it_from_them() {
        host.driver = known(Optional.of("i915"));
        assertThat(host.check(CheckName.DRIVER).text())
                .isEqualTo(
                        "i915 has it, and no program uses it: the host's picture goes away when"
                                + " vfio-pci takes it");
        host.textConsoles =
                known(
                        List.of(
                                new TextConsole("vtcon0", "dummy device", false),
                                new TextConsole("vtcon1", "frame buffer device", true)));
        assertThat(host.check(CheckName.DRIVER).text())
                .endsWith(
                        "the host's picture and text console (vtcon1) go away when vfio-pci takes"
                                + " it");
        host.container = known(true);
        assertThat(host.check(CheckName.DRIVER).text()).endsWith("uses it can prevent that");
        host.container = known(false);
        host.users = MadeHost.denied("/proc/1/fd");
        assertThat(host.check(CheckName.DRIVER).text()).endsWith("uses it can prevent that");
        host.users =
                known(
                        List.of(
                                new DeviceUser("Xorg", 812, "/dev/dri/card0"),
                                new DeviceUser("Xorg", 812, "/dev/dri/renderD128"),
                                new DeviceUser("firefox", 1456, "/dev/dri/renderD128")));
        assertThat(host.check(CheckName.DRIVER).text())
                .isEqualTo(
                        "i915 has it, and these programs use it: Xorg (process 812), firefox"
                                + " (process 1456). End them before vfio-pci takes it; the host's"
                                + " picture goes away then");
        host.driver = known(Optional.of("vfio-pci"));
        host.users = known(List.of(new DeviceUser("qemu-system-x86", 4321, "/dev/vfio/0")));
        HostCheck guest = host.check(CheckName.DRIVER);
        assertThat(guest.state()).isEqualTo(State.OK);
        assertThat(guest.text())
                .isEqualTo(
                        "vfio-pci has it, and a guest is running with it: qemu-system-x86 (process"
                                + " 4321)");
    }

    @Test
    void disable_vga_is_found_in_the_module_and_in_files() {
        host.disableVga = known(true);
        assertThat(host.check(CheckName.VFIO).state()).isEqualTo(State.WARNING);
        assertThat(host.mode(Mode.VGA_BIOS).verdict()).isEqualTo(Verdict.NO);
        assertThat(host.mode(Mode.BEFORE_OS).verdict()).isEqualTo(Verdict.YES);
        host.disableVga = unknown();
        String line = "/etc/modprobe.d/vfio.conf: options vfio-pci ids=8086:3e98 disable_vga=1";
        host.configured = known(List.of(line));
        assertThat(fix(host.check(CheckName.VFIO))).contains("remove it from \"" + line + "\"");
    }

    @Test
    void igd_without_a_reset_method_is_a_warning() {
        host.resetMethods = known(List.of());
        assertThat(host.check(CheckName.RESET).state()).isEqualTo(State.WARNING);
        host.powerState = known("D3cold");
        assertThat(fix(host.check(CheckName.RESET))).contains("d3cold_allowed");
    }

    @Test
    void sound_is_found_by_class_with_all_that_goes_with_it() {
        host.others.add(audio("0000:00:1f.3", 0x040100, 14));
        host.others.add(inGroup("0000:00:1f.6", 0x020000, 14));
        host.groups = unknown();
        assertThat(host.check(CheckName.AUDIO).text())
                .isEqualTo(
                        "sound of the monitor: 00:1f.3 (8086:a348) in group 14 with network card"
                                + " 00:1f.6, which would go to the guest too");
        host.others.clear();
        assertThat(host.check(CheckName.AUDIO).state()).isEqualTo(State.OK);
    }

    @Test
    void virtual_functions_are_risky_with_linux_7_0() {
        host.id = known(PciId.intel(0x46d1));
        host.virtualFunctions = known(new VirtualFunctions(7, 7));
        assertThat(host.check(CheckName.SRIOV).state()).isEqualTo(State.OK);
        assertThat(host.mode(Mode.SRIOV).verdict()).isEqualTo(Verdict.YES);
        host.release = known("7.0.2");
        assertThat(host.check(CheckName.SRIOV).state()).isEqualTo(State.WARNING);
    }

    @Test
    void monitor_elsewhere_is_a_warning() {
        host.connectors = known(List.of(new Connector("HDMI-A-1", false, unknown())));
        assertThat(host.check(CheckName.CONNECTORS).state()).isEqualTo(State.WARNING);
    }

    @Test
    void messages_of_the_kernel_are_explained() {
        host.log =
                known(
                        List.of(
                                "i915 0000:00:02.0: Invalid PCI ROM header signature: expecting"
                                        + " 0xaa55, got 0xffff"));
        assertThat(host.check(CheckName.KERNEL_LOG).state()).isEqualTo(State.OK);
        assertThat(host.check(CheckName.KERNEL_LOG).text()).contains("harmless");
        host.log =
                known(
                        List.of(
                                "DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr"
                                        + " 0x8c100000 [fault reason 0x06] PTE Read access is not"
                                        + " set"));
        assertThat(host.check(CheckName.KERNEL_LOG).state()).isEqualTo(State.WARNING);
        assertThat(host.check(CheckName.KERNEL_LOG).text())
                .contains("the address 0x8c100000, in its stolen memory");
        host.log = known(List.of("vfio-pci 0000:00:02.0: Failed to setup Intel IGD regions"));
        assertThat(host.check(CheckName.KERNEL_LOG).state()).isEqualTo(State.FAILURE);
    }

    @Test
    void qemu_without_support_for_intel_graphics_is_named_and_so_is_one_that_lacks_an_option() {
        String file = "etc/igd-opregion";
        host.qemuIgd = known(List.of(file, "x-igd-gms", "x-igd-opregion"));
        assertThat(host.check(CheckName.HYPERVISOR).text())
                .isEqualTo(
                        "QEMU 10.0.13: its program lacks x-igd-legacy-mode, x-igd-lpc, which this"
                                + " version should have, so a guest may not start");
        host.qemuIgd = known(List.of("x-igd-gms", "x-igd-opregion"));
        HostCheck check = host.check(CheckName.HYPERVISOR);
        assertThat(check.state()).isEqualTo(State.WARNING);
        assertThat(check.text()).contains("built without support for Intel's graphics");
        assertThat(fix(check)).contains("CONFIG_VFIO_IGD");
        host.qemuIgd =
                known(
                        List.of(
                                file,
                                "x-igd-gms",
                                "x-igd-legacy-mode",
                                "x-igd-lpc",
                                "x-igd-opregion"));
        assertThat(host.check(CheckName.HYPERVISOR).state()).isEqualTo(State.OK);
    }

    @Test
    void popular_remedies_are_named_as_not_needed() {
        assertThat(host.check(CheckName.NOT_NEEDED).text())
                .contains("ACS override", "video=efifb:off", "Secure Boot", "hypervisor");
        host.groups =
                known(
                        List.of(
                                new IommuGroup(
                                        0, List.of("0000:00:02.0", "0000:00:1f.3"), unknown())));
        assertThat(host.check(CheckName.NOT_NEEDED).text()).doesNotContain("ACS override");
        host.release = known("5.15.0");
        assertThat(host.check(CheckName.NOT_NEEDED).text()).doesNotContain("efifb");
        host.commandLine = known("quiet pcie_acs_override=downstream");
        assertThat(host.check(CheckName.NOT_NEEDED).state()).isEqualTo(State.WARNING);
        assertThat(fix(host.check(CheckName.NOT_NEEDED)))
                .startsWith("remove pcie_acs_override=downstream from");
    }

    @Test
    void graphics_12_need_machine_pc_when_stolen_memory_is_above_the_low_memory_of_q35() {
        host.id = known(PciId.intel(0x46d1));
        assertThat(machineText()).contains("the low memory of pc includes that");
        host.bdsm = 0x6c80_0001L;
        assertThat(machineText()).isEqualTo("a ROM of igdrom serves both");
    }

    @Test
    void freebsd_is_judged_by_what_bhyve_can_do() {
        host.system = known(OperatingSystem.FREEBSD);
        host.driver = known(Optional.of("vgapci"));
        assertThat(fix(host.check(CheckName.DRIVER))).contains("pptdevs=\"0/2/0\"");
        assertThat(host.mode(Mode.VGA_BIOS).text()).isEqualTo("bhyve runs no VGA BIOS");
        assertThat(machineText()).isEqualTo("bhyve has one machine type");
        host.id = known(PciId.intel(0x7d55));
        assertThat(host.check(CheckName.REGISTERS).state()).isEqualTo(State.FAILURE);
    }

    @Test
    void windows_of_facts_never_break_a_check() {
        Snapshot all = host.snapshot();
        Snapshot none = Snapshot.unknown("a test", "nowhere", "not there");
        for (int mask = 0; mask < 1 << 8; mask++) {
            Diagnosis.of(
                    new Snapshot(
                            "a test",
                            (mask & 1) == 0 ? all.pci() : none.pci(),
                            (mask & 2) == 0 ? all.graphics() : none.graphics(),
                            (mask & 4) == 0 ? all.iommu() : none.iommu(),
                            (mask & 8) == 0 ? all.firmware() : none.firmware(),
                            (mask & 16) == 0 ? all.vfio() : none.vfio(),
                            (mask & 32) == 0 ? all.kernel() : none.kernel(),
                            (mask & 64) == 0 ? all.machine() : none.machine(),
                            (mask & 128) == 0 ? all.hypervisors() : none.hypervisors(),
                            none.image()));
        }
    }

    private static MadeHost guestWithoutIgd() {
        MadeHost guest = new MadeHost();
        guest.virtual = known(true);
        guest.id = unknown();
        guest.classCode = unknown();
        return guest;
    }

    private void noIgd() {
        host.id = unknown();
        host.classCode = unknown();
    }

    private void iommuOff() {
        host.units = known(List.of());
        host.groups = known(List.of());
        host.group = known(Optional.empty());
        host.commandLine = known("quiet");
    }

    private String registers() {
        HostCheck check = host.check(CheckName.REGISTERS);
        assertThat(check.state()).isEqualTo(State.WARNING);
        return check.text();
    }

    private static Fact<List<IommuGroup>> group(String... functions) {
        return known(List.of(new IommuGroup(0, List.of(functions), unknown())));
    }

    private static PciFunction audio(String address, int classCode, int group) {
        return function(
                address, PciId.intel(0xa348), classCode, unknown(), known(Optional.of(group)));
    }

    private static PciFunction inGroup(String address, int classCode, int group) {
        return function(
                address, PciId.intel(0x15bc), classCode, unknown(), known(Optional.of(group)));
    }

    private static Fact<FirmwareImage> image(FoundGop... gops) {
        return known(new FirmwareImage(1 << 24, List.of(gops), List.of(), List.of()));
    }

    /// The fixes of a check, with their commands.
    private static String fix(HostCheck check) {
        List<String> texts = new ArrayList<>();
        for (Fix fix : check.fixes()) {
            switch (fix) {
                case Fix.Do(String text, List<String> commands) ->
                        Stream.concat(Stream.of(text), commands.stream()).forEach(texts::add);
                case Fix.Use(HostRemedy remedy) -> texts.add(remedy.name());
            }
        }
        return String.join("; ", texts);
    }

    private String machineText() {
        return Objects.requireNonNull(host.diagnosis().machine()).text();
    }
}
