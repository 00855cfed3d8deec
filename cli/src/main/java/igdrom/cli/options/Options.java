package igdrom.cli.options;

import igdrom.bench.MachineType;
import igdrom.bench.setup.Tools;
import igdrom.cli.output.ColorMode;
import igdrom.formats.pci.PciId;
import igdrom.plan.Conflict;
import igdrom.plan.GuestMachine;
import igdrom.plan.OpRegionSource;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.GuestSystem;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.ProgramVersion;
import igdrom.plan.vm.VmRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Every option of igdrom. The name of an option is a literal here and nowhere else.
///
/// An option that several commands share is declared once, and once more per difference: `help`,
/// `label`, `mandatory` and `type` derive the option of one command from the common one.
public final class Options {
    /// Seconds that a guest gets without [#TIMEOUT].
    public static final int DEFAULT_TIMEOUT_SECONDS = 120;

    /// The same with [#HOST_STACK].
    public static final int DEFAULT_HOST_STACK_SECONDS = 1200;

    /// The same with [#ON_HOST].
    public static final int DEFAULT_ON_HOST_SECONDS = 180;

    private static final int MAX_TIMEOUT_SECONDS = 3600;
    private static final int MIN_MEMORY_MIB = 256;
    private static final int MAX_MEMORY_MIB = 1 << 20;
    private static final String PCI_ID = "ID";
    private static final String DEVICE_OR_CPU = "ID|CPU";

    /// Of igdrom, and with `config` of a hypervisor.
    private static final String VERSION_NAME = "--version";

    private Options() {}

    // Every command.

    public static final Option<Boolean> HELP =
            Option.flag("Show this text.", "-h", "--help").in(OptionGroup.COMMON);

    public static final Option<Boolean> VERSION =
            Option.flag("Print the version.", "-V", VERSION_NAME);

    public static final Option<Boolean> TRACE =
            Option.flag(
                            "Show where in igdrom an error arose. igdrom test also shows the logs"
                                    + " of QEMU and the drivers.",
                            "--trace")
                    .in(OptionGroup.COMMON);

    public static final Option<ColorMode> COLOR =
            Option.of(
                            ValueType.choice(
                                    Map.of(
                                            "auto", ColorMode.AUTO,
                                            "always", ColorMode.ALWAYS,
                                            "never", ColorMode.NEVER),
                                    "auto, always or never"),
                            "WHEN",
                            "When to use colours: auto, always or never.",
                            "--color")
                    .in(OptionGroup.COMMON);

    // Several commands.

    public static final Option<Boolean> JSON =
            Option.flag("Print one JSON object instead of text.", "--json").in(OptionGroup.OUTPUT);

    public static final Option<Boolean> DEMO_JSON =
            JSON.help("Print what inspect finds in the image as one JSON object.");

    public static final Option<Boolean> SNAPSHOT_JSON =
            JSON.help(
                    "With -o, print one JSON object about the snapshot. The snapshot itself is"
                            + " always JSON.");

    public static final Option<Boolean> FORCE =
            Option.flag(
                            "Replace existing files, but never one that the command reads.",
                            "-f",
                            "--force")
                    .in(OptionGroup.OUTPUT);

    public static final Option<Boolean> RECURSIVE =
            Option.flag(
                    "Read all files in directories and their subdirectories.", "-r", "--recursive");

    public static final Option<Boolean> ALL =
            Option.flag(
                    "Show ids, locations and hashes, every problem and the whole structure.",
                    "--all");

    public static final Option<Boolean> ALL_BLOCKS = ALL.help("Show every block of the table too.");

    public static final Option<Path> OUTPUT =
            Option.of(
                            ValueType.PATH,
                            "FILE",
                            "Write the result to this file instead of standard output.",
                            "-o",
                            "--output")
                    .in(OptionGroup.OUTPUT);

    public static final Option<Path> OUTPUT_ROM =
            OUTPUT.label("ROM").help("The ROM to write.").mandatory();

    public static final Option<Path> OUTPUT_DIRECTORY =
            OUTPUT.label("DIR")
                    .help(
                            "The directory to write to. With several files, each gets a"
                                    + " subdirectory.")
                    .mandatory()
                    .in(OptionGroup.OUTPUT);

    public static final Option<Path> DEMO_DIRECTORY =
            OUTPUT.label("DIR").help("Keep the image and its parts in this directory.");

    public static final Option<DeviceId> DEVICE =
            Option.of(
                            ValueType.DEVICE_ID,
                            DEVICE_OR_CPU,
                            "The GPU that the ROM is for, such as 8086:46d1 (lspci -nn -s 02.0"
                                    + " shows it), or the processor that it is in, such as N100 or"
                                    + " i5-8500.",
                            "-d",
                            "--device")
                    .in(OptionGroup.TARGET);

    public static final Option<DeviceId> GOP_DEVICE =
            DEVICE.help(
                            "Look for a GOP that drives this GPU, such as 8086:46d1 (lspci -nn -s"
                                    + " 02.0 shows it), or the GPU of this processor, such as N100"
                                    + " or i5-8500.")
                    .in(OptionGroup.OPTIONS);

    public static final Option<DeviceId> TEST_DEVICE =
            DEVICE.help("The GPU to test the ROM on, such as 8086:46d4 or 8086:46d4:0c.");

    public static final Option<PciId> PCH =
            Option.of(
                            ValueType.PCI_ID,
                            PCI_ID,
                            "The host's LPC bridge (lspci -nn -s 00:1f.0 shows its id).",
                            "--pch")
                    .in(OptionGroup.TARGET);

    public static final Option<PciId> GOP_PCH =
            PCH.help(
                    "The host's LPC bridge, which the edited GOP sees (lspci -nn -s 00:1f.0 shows"
                        + " its id). The default is the host's, or the usual one for the device.");

    public static final Option<GuestMachine> MACHINE =
            Option.of(
                            machines(),
                            "TYPE",
                            "The guest's machine: q35, pc or bhyve. The default is a ROM for q35"
                                    + " and pc.",
                            "--machine")
                    .in(OptionGroup.TARGET);

    public static final Option<MachineType> TEST_MACHINE =
            MACHINE.type(testMachines())
                    .help(
                            "The guest's machine: q35 or pc. The default is the one that the ROM"
                                    + " was built for.");

    public static final Option<Path> OPREGION =
            Option.of(
                            ValueType.INPUT_FILE,
                            "FILE",
                            "Embed the OpRegion in this file.",
                            "--opregion")
                    .in(OptionGroup.PARTS);

    public static final Option<Path> TEST_OPREGION =
            OPREGION.help(
                            "The host's OpRegion, which the hypervisor gives to the guest. The"
                                    + " default is a generated one.")
                    .in(OptionGroup.HYPERVISOR);

    // extract

    public static final Option<Boolean> ONLY_GOPS = Option.flag("Write GOP drivers only.", "--gop");

    public static final Option<Boolean> ONLY_VBTS = Option.flag("Write VBTs only.", "--vbt");

    public static final Option<Boolean> ONLY_VGA_BIOSES =
            Option.flag("Write legacy VGA BIOSes only.", "--vbios");

    public static final Option<Boolean> RESTORE =
            Option.flag(
                    "Write GOPs and VBTs as they were before igdrom build edited them.",
                    "--restore");

    // build

    public static final Option<Boolean> HOST =
            Option.flag("Take the facts about the host from this machine.", "--host")
                    .in(OptionGroup.PARTS);

    public static final Option<Path> SNAPSHOT =
            Option.of(
                            ValueType.INPUT_FILE,
                            "FILE",
                            "Take the facts about the host from this file, which igdrom snapshot"
                                    + " wrote.",
                            "--snapshot")
                    .in(OptionGroup.PARTS);

    public static final Option<Path> FIRMWARE =
            Option.of(
                            ValueType.INPUT_FILE,
                            "FILE",
                            "Take the GOP and the VBT from this firmware image.",
                            "--firmware")
                    .in(OptionGroup.PARTS);

    public static final Option<Path> GOP =
            ONLY_GOPS
                    .type(ValueType.INPUT_FILE)
                    .label("FILE")
                    .help(
                            "Take the GOP from this EFI driver, ROM or other file that contains"
                                    + " one.")
                    .in(OptionGroup.PARTS);

    public static final Option<Path> VBT =
            ONLY_VBTS
                    .type(ValueType.INPUT_FILE)
                    .label("FILE")
                    .help("Embed an OpRegion with the VBT in this file.")
                    .in(OptionGroup.PARTS);

    public static final Option<Path> VGA_BIOS =
            ONLY_VGA_BIOSES
                    .type(ValueType.INPUT_FILE)
                    .label("FILE")
                    .help("Put the legacy VGA BIOS in this file first in the ROM, for SeaBIOS.")
                    .in(OptionGroup.PARTS);

    public static final Option<OpRegionSource> OPREGION_SOURCE =
            Option.of(
                            ValueType.choice(
                                    Map.of(
                                            "auto", OpRegionSource.HYPERVISOR_FIRST,
                                            "embedded", OpRegionSource.EMBEDDED),
                                    "auto or embedded"),
                            "SOURCE",
                            "Which OpRegion the guest gets: auto prefers the hypervisor's, embedded"
                                    + " always takes the one in the ROM.",
                            "--opregion-source")
                    .in(OptionGroup.CONTENT);

    /// True for always.
    public static final Option<Boolean> ASLS =
            Option.of(
                            ValueType.choice(
                                    Map.of("emulated", false, "always", true),
                                    "emulated or always"),
                            "WHEN",
                            "Where the driver writes the address of the OpRegion: emulated writes"
                                + " it only where the hypervisor emulates the register (the"
                                + " default), always writes it to the hardware too, and the host"
                                + " then has no OpRegion until it is rebooted.",
                            "--asls")
                    .in(OptionGroup.CONTENT);

    /// True for clear.
    public static final Option<Boolean> DISPLAY_STATE =
            Option.of(
                            ValueType.choice(Map.of("keep", false, "clear", true), "keep or clear"),
                            "WHAT",
                            "What the host's firmware left in the display: keep it (the default),"
                                + " or clear it, that is, lead the GPU's page table to the guest's"
                                + " own memory and request the power of the display buffer. For a"
                                + " guest that flickers or causes DMAR faults; unproven on"
                                + " hardware.",
                            "--display-state")
                    .in(OptionGroup.CONTENT);

    /// The class code of the device, 24 bits.
    public static final Option<Integer> CLASS =
            Option.of(
                            ValueType.choice(
                                    Map.of("0300", 0x030000, "0380", 0x038000), "0300 or 0380"),
                            "CLASS",
                            "The class of the device: 0300 (VGA controller, the default) or 0380"
                                    + " (other display controller), as lspci -nn shows it.",
                            "--class")
                    .in(OptionGroup.TARGET);

    public static final Option<Long> STOLEN_BASE =
            Option.of(
                            ValueType.MEBIBYTES,
                            "ADDRESS",
                            "The base address of stolen memory, preferably the host's, such as"
                                    + " 0x8d800000.",
                            "--stolen-base")
                    .in(OptionGroup.CONTENT);

    public static final Option<Long> STOLEN_SIZE =
            Option.of(
                            ValueType.MEBIBYTES,
                            "SIZE",
                            "The size of stolen memory, such as 0x4000000 or 64M.",
                            "--stolen-size")
                    .in(OptionGroup.CONTENT);

    /// True for an open lid.
    public static final Option<Boolean> LID =
            Option.of(
                            ValueType.choice(
                                    Map.of("open", true, "closed", false), "open or closed"),
                            "STATE",
                            "Report the lid to the GOP as open or closed.",
                            "--lid")
                    .in(OptionGroup.CONTENT);

    public static final Option<Boolean> DOCK =
            Option.flag("Report to the GOP that the machine is docked.", "--dock")
                    .in(OptionGroup.CONTENT);

    public static final Option<Boolean> NO_PCH =
            Option.flag(
                            "Leave the GOP unedited: it then needs x-igd-lpc=on, on machine pc.",
                            "--no-pch")
                    .in(OptionGroup.TARGET);

    public static final Option<Boolean> NO_GOP =
            Option.flag("Build a ROM without a GOP.", "--no-gop").in(OptionGroup.CONTENT);

    public static final Option<Boolean> COMPRESS =
            Option.flag("Compress the UEFI images in the ROM.", "--compress")
                    .in(OptionGroup.CONTENT);

    public static final Option<PciId> TREAT_AS =
            Option.of(
                            ValueType.PCI_ID,
                            PCI_ID,
                            "Treat an unknown device like this known one.",
                            "--treat-as")
                    .in(OptionGroup.TARGET);

    public static final Option<Set<Conflict>> ALLOW =
            Option.of(
                            conflicts(),
                            "CONFLICT,...",
                            "Build the ROM despite these conflicts: " + meanings() + ".",
                            "--allow")
                    .in(OptionGroup.CONTENT);

    // test

    public static final Option<Boolean> LINUX =
            Option.flag("Also boot a Linux kernel with the ROM and check what it finds.", "--linux")
                    .in(OptionGroup.RUN);

    public static final Option<Boolean> HOST_STACK =
            Option.flag(
                            "Boot a Linux host that hands the virtual GPU to a guest, as yours"
                                    + " does: with its kernel's vfio-pci and the whole of QEMU. It"
                                    + " takes minutes.",
                            "--host-stack")
                    .in(OptionGroup.RUN);

    public static final Option<Boolean> ON_HOST =
            Option.flag(
                            "Test on the GPU of this machine itself, as root: a guest has it for a"
                                    + " minute, then the host has it as before. vfio-pci must have"
                                    + " it, or --bind lets vfio-pci take it.",
                            "--on-host")
                    .in(OptionGroup.RUN);

    public static final Option<Boolean> BIND =
            Option.flag(
                            "With "
                                    + ON_HOST
                                    + ": let vfio-pci take the GPU from its driver for the test. If"
                                    + " it is the only display, the host's screen stays dark until"
                                    + " the end: be logged in from another machine.",
                            "--bind")
                    .in(OptionGroup.RUN);

    public static final Option<List<String>> QEMU_OPTIONS =
            Option.of(
                            ValueType.WORDS,
                            "NAME=VALUE,...",
                            "With "
                                    + HOST_STACK
                                    + " or "
                                    + ON_HOST
                                    + ": the options of vfio-pci in that QEMU, such as"
                                    + " x-igd-opregion=on. Default: those that igdrom recommends"
                                    + " for this machine.",
                            "--qemu-options")
                    .in(OptionGroup.RUN);

    public static final Option<Boolean> EMULATED_SVM =
            Option.flag(
                            "With "
                                    + HOST_STACK
                                    + ": run the guest on the host's KVM and an emulated SVM. It"
                                    + " takes half of the time, and needs one changed byte in the"
                                    + " host's module kvm-amd, because of a bug in QEMU.",
                            "--emulated-svm")
                    .in(OptionGroup.RUN);

    public static final Option<Boolean> SETUP =
            Option.flag(
                            "Instead of testing: look for QEMU "
                                    + Tools.MIN_QEMU_VERSION
                                    + " or newer and OVMF, and fetch what is missing from Debian's"
                                    + " archive. With "
                                    + LINUX
                                    + " or "
                                    + HOST_STACK
                                    + ", a kernel too.",
                            "--setup")
                    .in(OptionGroup.TOOLS);

    public static final Option<Boolean> MORE_FIRMWARE =
            Option.flag(
                            "With "
                                    + SETUP
                                    + ": also fetch the newer builds of OVMF that igdrom's own"
                                    + " tests boot.",
                            "--more-firmware")
                    .in(OptionGroup.TOOLS);

    public static final Option<PciId> LPC =
            Option.of(
                            ValueType.PCI_ID,
                            PCI_ID,
                            "The LPC bridge at 00:1f.0 on machine pc, such as 8086:7a84. A GOP"
                                    + " refuses to start on one that it does not know.",
                            "--lpc")
                    .in(OptionGroup.TARGET);

    public static final Option<Boolean> FW_CFG =
            Option.of(
                            ValueType.ON_OFF,
                            "on|off",
                            "Whether QEMU offers etc/igd-opregion and etc/igd-bdsm-size. The"
                                + " default is off for a ROM with an OpRegion and after a preset,"
                                + " otherwise on.",
                            "--fw-cfg")
                    .in(OptionGroup.HYPERVISOR);

    public static final Option<Boolean> PRESET_ASLS =
            Option.flag(
                            "Put the OpRegion into memory and set ASLS before the guest starts, as"
                                    + " bhyve does.",
                            "--preset-asls")
                    .in(OptionGroup.HYPERVISOR);

    public static final Option<Boolean> PRESET_BDSM =
            Option.flag(
                            "Reserve stolen memory and set BDSM before the guest starts.",
                            "--preset-bdsm")
                    .in(OptionGroup.HYPERVISOR);

    public static final Option<Boolean> RAW =
            Option.flag(
                            "Let the guest reach the host's own ASLS and BDSM, as where the"
                                + " hypervisor does not emulate them: the ROM must leave the host"
                                + " unharmed.",
                            "--raw")
                    .in(OptionGroup.HYPERVISOR);

    public static final Option<Boolean> UNLOCKED =
            Option.flag("With " + RAW + ", leave BDSM unlocked.", "--unlocked")
                    .in(OptionGroup.HYPERVISOR);

    public static final Option<Boolean> VIRTUAL_FUNCTION =
            Option.flag(
                            "Test on a virtual function of SR-IOV, which has no OpRegion, no stolen"
                                    + " memory and no display: the ROM must leave it alone.",
                            "--virtual-function")
                    .in(OptionGroup.HYPERVISOR);

    public static final Option<Boolean> DIRTY =
            Option.flag(
                            "Leave the display and the page table as a host's firmware leaves"
                                    + " them.",
                            "--dirty")
                    .in(OptionGroup.HYPERVISOR);

    public static final Option<Long> HOST_BASE =
            Option.of(
                            ValueType.MEBIBYTES,
                            "ADDRESS",
                            "Where the host's stolen memory begins; else where the ROM expects it.",
                            "--host-base")
                    .in(OptionGroup.HYPERVISOR);

    public static final Option<Integer> MEMORY =
            Option.of(
                            ValueType.number(MIN_MEMORY_MIB, MAX_MEMORY_MIB),
                            "MIB",
                            "The guest's memory in MiB.",
                            "--memory")
                    .in(OptionGroup.TARGET);

    public static final Option<Boolean> REBOOT =
            Option.flag("Reset the guest once and check it again.", "--reboot").in(OptionGroup.RUN);

    public static final Option<Path> SCREENSHOT =
            Option.of(
                            ValueType.PATH,
                            "FILE.png",
                            "Write the picture that the GOP drew to this file.",
                            "--screenshot")
                    .in(OptionGroup.OUTPUT);

    public static final Option<Path> HTML =
            Option.of(
                            ValueType.PATH,
                            "FILE.html",
                            "Write the result as a page to this file too, such as for a bug report."
                                    + " It has no firmware in it.",
                            "--html")
                    .in(OptionGroup.OUTPUT);

    public static final Option<Boolean> HTML_FORCE = FORCE.help("Replace the page when it exists.");

    public static final Option<Boolean> TEST_FORCE =
            FORCE.help(
                    "Replace the screenshot and the page when they exist. With "
                            + SETUP
                            + ", fetch again.");

    public static final Option<Integer> TIMEOUT =
            Option.of(
                            ValueType.number(1, MAX_TIMEOUT_SECONDS),
                            "SECONDS",
                            "Give up after this many seconds (default "
                                    + DEFAULT_TIMEOUT_SECONDS
                                    + ", with "
                                    + HOST_STACK
                                    + " "
                                    + DEFAULT_HOST_STACK_SECONDS
                                    + ", with "
                                    + ON_HOST
                                    + " "
                                    + DEFAULT_ON_HOST_SECONDS
                                    + ").",
                            "--timeout")
                    .in(OptionGroup.RUN);

    public static final Option<Path> KEEP =
            Option.of(
                            ValueType.PATH,
                            "DIR",
                            "Create this directory and keep the files of the run in it.",
                            "--keep")
                    .in(OptionGroup.RUN);

    public static final Option<Path> DIRECTORY =
            Option.of(
                            ValueType.PATH,
                            "DIR",
                            "Where fetched tools are kept. The default is ~/.local/share/igdrom."
                                + " Setup writes nothing outside it; remove the directory to undo.",
                            "--folder")
                    .in(OptionGroup.TOOLS);

    public static final Option<String> MIRROR =
            Option.of(
                            ValueType.url("http://HOST/debian"),
                            "URL",
                            "With "
                                    + SETUP
                                    + ", the mirror of Debian's archive to use instead of apt's.",
                            "--mirror")
                    .in(OptionGroup.TOOLS);

    // doctor and config

    public static final Option<Path> ROM =
            Option.of(
                            ValueType.INPUT_FILE,
                            "FILE",
                            "The ROM that the GPU gets, from igdrom build.",
                            "--rom")
                    .in(OptionGroup.TARGET);

    // doctor

    public static final Option<Path> DOCTOR_ROM =
            ROM.help("Check that this option ROM fits the IGD of the host.")
                    .in(OptionGroup.OPTIONS);

    public static final Option<Path> DOCTOR_SNAPSHOT =
            SNAPSHOT.help(
                            "Judge the host of this snapshot, which igdrom snapshot wrote, instead"
                                    + " of this machine.")
                    .in(OptionGroup.OPTIONS);

    public static final Option<Path> FROM =
            Option.of(
                    ValueType.PATH,
                    "DIR",
                    "Judge the host of which this directory, ZIP archive or file has texts: what"
                            + " igdrom bundle wrote, the output of lspci -vvnn, dmesg, pciconf"
                            + " -lvbc or udevadm info, ACPI tables, or snapshots.",
                    "--from");

    public static final Option<Path> DOCTOR_FIRMWARE =
            FIRMWARE.help("Look for a GOP for the IGD in this image of the host's firmware.")
                    .in(OptionGroup.OPTIONS);

    public static final Option<Boolean> QUIET =
            Option.flag("Print only what is wrong, and the verdict.", "-q", "--quiet")
                    .in(OptionGroup.OUTPUT);

    // vbt edit

    public static final Option<Path> OUTPUT_VBT =
            OUTPUT.help(
                            "The file to write: a VBT, or an OpRegion when FILE is one. A firmware"
                                    + " image is not written; the VBT in it is.")
                    .mandatory();

    public static final Option<List<String>> DISABLE =
            Option.of(
                            ValueType.WORDS,
                            "OUTPUT,...",
                            "Switch these outputs off, which igdrom vbt show names, such as eDP-A."
                                    + " May be repeated.",
                            "--disable")
                    .mandatory();

    // build, the VBT

    public static final Option<List<String>> DISABLE_OUTPUT =
            Option.of(
                            ValueType.WORDS,
                            "OUTPUT,...",
                            "Switch these outputs of the VBT off, which igdrom vbt show names,"
                                    + " such as eDP-A. The OpRegion in the ROM then comes before"
                                    + " the hypervisor's.",
                            "--disable-output")
                    .in(OptionGroup.CONTENT);

    public static final Option<Boolean> REPACK_VBT =
            Option.flag(
                            "Give the GOP a VBT whose entries have the size that it expects. The"
                                    + " OpRegion keeps the original.",
                            "--repack-vbt")
                    .in(OptionGroup.CONTENT);

    // config

    public static final Option<Hypervisor> FOR =
            Option.of(
                            hypervisors(),
                            "HYPERVISOR",
                            "What runs the guest: qemu, libvirt, proxmox or bhyve.",
                            "--for")
                    .mandatory()
                    .in(OptionGroup.TARGET);

    public static final Option<DeviceId> CONFIG_DEVICE =
            DEVICE.help(
                    "The GPU, where neither the host nor the ROM says which it is: its id, such as"
                            + " 8086:46d1, or the processor that it is in, such as N100.");

    public static final Option<GuestMachine> CONFIG_MACHINE =
            MACHINE.help(
                    "The guest's machine: q35 or pc. The default is pc, unless the ROM was built"
                            + " for q35 only.");

    public static final Option<Integer> CONFIG_MEMORY =
            MEMORY.help(
                    "The guest's memory in MiB (default " + VmRequest.DEFAULT_MEMORY_MIB + ").");

    public static final Option<GuestFirmware> GUEST_FIRMWARE =
            Option.of(
                            firmwares(),
                            "FIRMWARE",
                            "The guest's firmware: uefi or seabios. The default is uefi, unless"
                                    + " the ROM holds nothing but a VGA BIOS.",
                            "--guest-firmware")
                    .in(OptionGroup.TARGET);

    public static final Option<Boolean> SECURE_BOOT =
            Option.flag(
                            "Let the guest's firmware enforce Secure Boot. It starts the ROM all"
                                    + " the same.",
                            "--secure-boot")
                    .in(OptionGroup.TARGET);

    public static final Option<GuestSystem> GUEST =
            Option.of(
                            guests(),
                            "SYSTEM",
                            "The guest's operating system: windows, linux or macos.",
                            "--guest")
                    .in(OptionGroup.TARGET);

    public static final Option<Boolean> AUDIO =
            Option.flag(
                            "Give the guest the sound of the display too, where its IOMMU group"
                                    + " allows that.",
                            "--audio")
                    .in(OptionGroup.TARGET);

    /// Of libvirt.
    public static final Option<ProgramVersion> LIBVIRT_VERSION =
            Option.of(
                            ValueType.PROGRAM_VERSION,
                            "VERSION",
                            "The version of libvirt, such as 9.0. The default is the one that the"
                                    + " host has, or the newest.",
                            "--libvirt-version")
                    .in(OptionGroup.TARGET);

    /// Of QEMU; with Proxmox VE, of that.
    public static final Option<ProgramVersion> HYPERVISOR_VERSION =
            Option.of(
                            ValueType.PROGRAM_VERSION,
                            "VERSION",
                            "The version of QEMU, such as 10.0.2; for Proxmox VE its own, such as"
                                    + " 9. The default is the one that the host has.",
                            VERSION_NAME)
                    .in(OptionGroup.TARGET);

    // snapshot

    public static final Option<Path> TREE =
            Option.of(
                            ValueType.PATH,
                            "DIR",
                            "Also write the files that were read to this new directory, without"
                                    + " what identifies the machine.",
                            "--tree")
                    .in(OptionGroup.OUTPUT);

    public static final Option<Boolean> READ_ROM =
            ROM.type(ValueType.FLAG)
                    .label("")
                    .help(
                            "Also record which images the ROM of the graphics has. Root only:"
                                    + " writes 1 and then 0 to its file in sysfs, so that the"
                                    + " kernel decodes the ROM while it reads.")
                    .in(OptionGroup.OPTIONS);

    public static final Option<Path> SNAPSHOT_FIRMWARE =
            FIRMWARE.help(
                            "Also record which GOPs, VBTs and VGA BIOSes this image of the"
                                    + " machine's firmware has, without their bytes.")
                    .in(OptionGroup.OPTIONS);

    public static final Option<Boolean> FREEBSD_SCRIPT =
            Option.flag(
                    "Print a shell script that records the facts of a FreeBSD host, and do nothing"
                            + " else.",
                    "--freebsd-script");

    public static final Option<Path> ROOT =
            Option.of(
                    ValueType.PATH,
                    "DIR",
                    "Read copies of the system's files, such as /sys and /proc, in this directory"
                            + " instead of this machine's.",
                    "--root");

    /// The libvirt of the whole machine, not that of a user.
    public static final String LIBVIRT = "qemu:///system";

    public static final Option<Boolean> APPLY =
            Option.flag(
                            "Change an existing definition instead of printing one, show the"
                                    + " difference, and place the ROM and the hook. A backup is"
                                    + " kept.",
                            "--apply")
                    .in(OptionGroup.OUTPUT);

    public static final Option<Boolean> ROLLBACK =
            Option.flag(
                            "Undo what was applied to the definition, and remove what was placed.",
                            "--rollback")
                    .in(OptionGroup.OUTPUT);

    public static final Option<Path> VM =
            Option.of(
                            ValueType.INPUT_FILE,
                            "FILE",
                            "Check this definition of a virtual machine against the host: a"
                                    + " command line of QEMU or bhyve, XML of libvirt, or a"
                                    + " configuration of Proxmox VE or vm-bhyve.",
                            "--vm")
                    .in(OptionGroup.TARGET);

    public static final Option<Integer> VMID =
            Option.of(
                            ValueType.number(100, 999_999_999),
                            "VMID",
                            "Check this VM of Proxmox VE against the host.",
                            "--vmid")
                    .in(OptionGroup.TARGET);

    public static final Option<Path> CONFIG_VM =
            VM.help(
                    "The definition to change, as a file: XML of libvirt (virsh dumpxml --inactive;"
                            + " virsh define takes it back), or a configuration of Proxmox VE.");

    public static final Option<String> DOMAIN =
            Option.of(
                            ValueType.TEXT,
                            "NAME",
                            "The domain of libvirt to change; virsh reads and defines it.",
                            "--domain")
                    .in(OptionGroup.TARGET);

    public static final Option<String> CONNECT =
            Option.of(
                            ValueType.TEXT,
                            "URI",
                            "The libvirt that has the domain (default " + LIBVIRT + ").",
                            "--connect")
                    .in(OptionGroup.TARGET);

    public static final Option<Integer> CONFIG_VMID = VMID.help("The VM of Proxmox VE to change.");

    // bundle

    public static final Option<Path> OUTPUT_BUNDLE =
            OUTPUT.label("FILE.zip")
                    .help("The archive to write. Without it, only list what would be in it.");

    public static final Option<Path> BUNDLE_FIRMWARE =
            FIRMWARE.help(
                            "Also say what is in this image of the host's firmware, without its"
                                    + " code.")
                    .in(OptionGroup.OPTIONS);

    public static final Option<Path> BUNDLE_ROM =
            ROM.help("Also say what igdrom verify finds in this ROM, without the ROM itself.")
                    .in(OptionGroup.OPTIONS);

    public static final Option<Path> DRIVER_REPORT =
            Option.of(
                    ValueType.INPUT_FILE,
                    "FILE",
                    "Also add what the driver did in the guest: its EFI variable IgdromReport.",
                    "--report");

    public static final Option<Path> BUNDLE_VM =
            VM.help(
                            "Also add this definition of the virtual machine, without names,"
                                    + " serial numbers, UUIDs, MAC addresses, passwords and paths"
                                    + " below /home.")
                    .in(OptionGroup.OPTIONS);

    public static final Option<Integer> BUNDLE_VMID =
            VMID.help("The same, for this VM of Proxmox VE.").in(OptionGroup.OPTIONS);

    public static final Option<Path> BUNDLE_SNAPSHOT =
            SNAPSHOT.help(
                            "Take the facts about the host from this file, which igdrom snapshot"
                                    + " wrote, instead of this machine.")
                    .in(OptionGroup.OPTIONS);

    public static final Option<Boolean> WITH_VBT =
            Option.flag(
                    "Keep the OpRegion and the VBTs, which are your board's: for a problem with"
                            + " outputs or panels.",
                    "--with-vbt");

    // demo

    public static final Option<Path> DEMO_FIRMWARE =
            FIRMWARE.help("Use this firmware image instead of a made one.").in(OptionGroup.OPTIONS);

    public static final Option<DeviceId> DEMO_DEVICE =
            DEVICE.help("The GPU that the ROM is for, or the processor that it is in.")
                    .in(OptionGroup.OPTIONS);

    public static final Option<Boolean> NO_TEST =
            Option.flag("Leave out the step that boots a guest.", "--no-test");

    // e820

    public static final Option<GuestMachine> LAYOUT_MACHINE =
            MACHINE.help(
                    "The machine whose limit of low memory applies: q35, pc or bhyve. The default"
                            + " is pc.");

    public static final Option<Long> LAYOUT_STOLEN_BASE =
            STOLEN_BASE.help("Where the host has its stolen memory, such as 0x8d800000.");

    public static final Option<Long> LAYOUT_STOLEN_SIZE =
            STOLEN_SIZE.help("The size of the host's stolen memory, such as 64M.");

    public static final Option<Path> LAYOUT_OPREGION =
            OPREGION.help("The OpRegion of the host, where it cannot be read.");

    public static final Option<Path> LAYOUT_DIRECTORY =
            OUTPUT.label("DIR").help("Write the files to this directory.");

    public static final Option<Path> CONFIG_FROM =
            FROM.help(
                            "Take the facts about the host from texts in this directory, ZIP"
                                    + " archive or file, as igdrom doctor reads them: lspci -vvnn,"
                                    + " dmesg, pciconf -lvbc and others.")
                    .in(OptionGroup.PARTS);

    public static final Option<Path> CONFIG_ROOT =
            ROOT.help(
                            "Take the facts about the host from copies of /sys, /proc and /dev in"
                                    + " this directory instead of this machine's.")
                    .in(OptionGroup.PARTS);

    private static ValueType<Hypervisor> hypervisors() {
        Map<String, Hypervisor> hypervisors = new LinkedHashMap<>();
        for (Hypervisor hypervisor : Hypervisor.values()) {
            hypervisors.put(hypervisor.id(), hypervisor);
        }
        return ValueType.choice(hypervisors, ValueType.list(hypervisors.keySet()));
    }

    private static ValueType<GuestFirmware> firmwares() {
        Map<String, GuestFirmware> firmwares = new LinkedHashMap<>();
        for (GuestFirmware firmware : GuestFirmware.values()) {
            firmwares.put(firmware.id(), firmware);
        }
        return ValueType.choice(firmwares, ValueType.list(firmwares.keySet()));
    }

    private static ValueType<GuestSystem> guests() {
        Map<String, GuestSystem> guests = new LinkedHashMap<>();
        for (GuestSystem guest : GuestSystem.values()) {
            guests.put(guest.id(), guest);
        }
        return ValueType.choice(guests, ValueType.list(guests.keySet()));
    }

    private static ValueType<GuestMachine> machines() {
        Map<String, GuestMachine> machines = new LinkedHashMap<>();
        for (GuestMachine machine : GuestMachine.values()) {
            machines.put(machine.id(), machine);
        }
        return ValueType.machine(machines, ValueType.list(machines.keySet()));
    }

    private static ValueType<MachineType> testMachines() {
        Map<String, MachineType> machines = new LinkedHashMap<>();
        for (MachineType machine : List.of(MachineType.Q35, MachineType.PC)) {
            machines.put(machine.qemuName(), machine);
        }
        return ValueType.machine(machines, ValueType.list(machines.keySet()));
    }

    private static ValueType<Set<Conflict>> conflicts() {
        Map<String, Conflict> conflicts = new LinkedHashMap<>();
        for (Conflict conflict : Conflict.values()) {
            conflicts.put(conflict.id(), conflict);
        }
        return ValueType.choices(conflicts, ValueType.list(conflicts.keySet()));
    }

    private static String meanings() {
        List<String> meanings = new ArrayList<>();
        for (Conflict conflict : Conflict.values()) {
            meanings.add(conflict.id() + " (" + conflict.meaning() + ")");
        }
        return String.join(", ", meanings);
    }
}
