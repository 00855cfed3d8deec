package igdrom.host;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A message of Linux's log that matters for graphics passthrough.
///
/// Source: Linux 6.12: drivers/iommu/intel/{dmar,iommu}.c, drivers/pci/{rom,vgaarb,setup-res}.c,
/// drivers/vfio/pci, arch/x86/kernel/{early-quirks,setup}.c, arch/x86/pci/fixup.c,
/// drivers/video/fbdev/{efifb,vesafb}.c, security/lockdown/lockdown.c.
public enum LogMessage {
    KERNEL("Linux version ", "^Linux version "),
    COMMAND_LINE("Command line: ", "^Command line: "),
    MACHINE("DMI: ", "^DMI: .*, BIOS "),
    EFI("efi: EFI v", "^efi: EFI v"),
    SECURE_BOOT(
            "Secure boot ",
            "^(?:secureboot: )?Secure boot (?:enabled|disabled|could not be determined)"),
    LOCKDOWN("Kernel is locked down from ", "^Kernel is locked down from "),
    HYPERVISOR("Hypervisor detected: ", "^Hypervisor detected: "),
    /// The kernel keeps the range free that the firmware gave to the IGD.
    STOLEN_MEMORY("Reserving Intel graphics ", "^Reserving Intel graphics (?:stolen )?memory at "),
    /// `intel_iommu=on` is on the command line.
    IOMMU_ENABLED("DMAR: IOMMU enabled", "^DMAR: IOMMU enabled"),
    /// The firmware asks for an IOMMU, so that it is on without the command line.
    IOMMU_OPT_IN(
            "force enabled due to platform opt in",
            "^DMAR: Intel-IOMMU force enabled due to platform opt in"),
    /// `intel_iommu=off` is on the command line.
    IOMMU_DISABLED("DMAR: IOMMU disabled", "^DMAR: IOMMU disabled"),
    /// The kernel's list of chipsets with defects, or `intel_iommu=igfx_off`.
    IOMMU_OFF_FOR_GRAPHICS(
            "DMAR: Disabl",
            "DMAR: Disabling IOMMU for graphics on this chipset|^DMAR: Disable GFX device mapping"),
    IOMMU_ACTIVE(
            "DMAR: Intel(R) Virtualization",
            "^DMAR: Intel\\(R\\) Virtualization Technology for Directed I/O"),
    /// A device asked for memory that the IOMMU does not map for it.
    DMAR_FAULT(
            "] Request device [",
            "^DMAR: \\[([A-Z][A-Za-z0-9_ ]*)\\] Request device \\["
                    + "(?:0x)?([0-9a-f]{2}:(?:0x)?[0-9a-f]{2}\\.[0-7])\\]"
                    + ".*?fault addr (?:0x)?([0-9a-f]{1,16})"),
    /// Faults follow.
    FAULT_STATUS("DMAR: DRHD: handling fault status", "^DMAR: DRHD: handling fault status reg "),
    /// The kernel refuses to give the device away, because the firmware uses memory through it.
    RMRR_REFUSED(
            "due to platform RMRR requirement",
            "ineligible for IOMMU domain attach due to platform RMRR requirement"),
    DMAR("DMAR", "^DMAR(?:-IR)?: "),
    IOMMU_GROUP(
            ": Adding to iommu group ",
            "(?:0000:00:02\\.[0-7]|0000:00:1f\\.[0-7]): Adding to iommu group [0-9]+"),
    IOMMU_DEFAULT("iommu: ", "^iommu: "),
    /// The ROM of the IGD is empty, which is normal: the firmware keeps it elsewhere.
    ROM_SIGNATURE(
            "Invalid PCI ROM ",
            "Invalid PCI ROM (?:header|data) signature: expecting 0x[0-9a-f]+, got 0x"),
    /// Something else has the BAR, mostly the framebuffer of the firmware.
    CANNOT_RESERVE(
            " reserve ",
            "(?:BAR [0-9]:? ?(?:\\[[^\\]]*\\]: )?|: )(?:can't|cannot|can not) reserve "),
    SHADOWED_ROM("Video device with shadowed ROM at ", "Video device with shadowed ROM at "),
    BOOT_VGA("setting as boot ", "vgaarb: setting as boot (?:VGA )?device"),
    VGA_CONSOLE_REMOVED("vgaarb: deactivate vga console", "vgaarb: deactivate vga console"),
    VGA_ARBITER("vgaarb: ", "vgaarb: "),
    FRAMEBUFFER("fb: framebuffer at 0x", "^(?:efifb|vesafb): framebuffer at 0x([0-9a-f]+)"),
    FRAMEBUFFER_BAR(": assigned to efifb", "BAR [0-5]: assigned to efifb"),
    NO_BOOT_LOGO("efifb: No BGRT", "^efifb: No BGRT"),
    SIMPLE_FRAMEBUFFER("simple", "\\[drm\\] Initialized simpledrm |^simple-framebuffer "),
    FRAMEBUFFER_SWITCH(": switching to ", "^fb[0-9]+: switching to "),
    /// vfio-pci cannot read the OpRegion or the bridges of the IGD.
    IGD_REGIONS("Failed to setup Intel IGD regions", "Failed to setup Intel IGD regions"),
    NO_RESET("vfio-pci ", "^vfio-pci .*(?:reset|not ready)"),
    VFIO("vfio", "^vfio[-_](?:pci|iommu)"),
    VFIO_LOADED("VFIO - ", "^VFIO - User Level meta-driver"),
    NO_VBT("VBT", "Failed to find VBIOS tables \\(VBT\\)|No VBT |Invalid VBT|VBT not found"),
    OPREGION("egion", "[Oo]p[Rr]egion"),
    SRIOV(
            " VFs",
            "^\\S+ [0-9a-f]{4}:[0-9a-f:.]+: (?:VF(?:\\(n\\))? BAR ?0.* for|Enabled) [0-9]+ VFs"),
    GRAPHICS("pci 0000:00:02.0: ", "^pci 0000:00:02\\.0: "),
    DRIVER(" 0000:00:", "^(?:i915|xe) 0000:00:[0-9a-f.]+: "),
    DRIVER_STARTED("[drm] Initialized ", "^\\[drm\\] Initialized (?:i915|xe) ");

    /// Time stamps: of dmesg, of `dmesg -T` and of `dmesg -x`, with the caller that some kernels
    /// print.
    private static final Pattern PREFIX =
            Pattern.compile(
                    "^(?:<[0-9]{1,3}>|[a-z]{3,8} *:[a-z]{3,8} *: *)?"
                            + "(?:\\[ *[0-9]{1,9}\\.[0-9]{1,9}\\] ?"
                            + "|\\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} [0-9]{4}\\] ?"
                            + "|\\[ *[CT][0-9]{1,7}\\] ?)*");

    /// What a journal has in front of a message: date and host.
    private static final String JOURNAL = " kernel: ";

    private static final int MAX_JOURNAL = 120;

    private final String mark;
    private final Pattern pattern;

    /// @param mark a part of the message that is always the same: most lines lack it, so that they
    ///   need no search for the pattern
    LogMessage(String mark, String regex) {
        this.mark = mark;
        pattern = Pattern.compile(regex);
    }

    /// Whether a line without time stamp is it.
    public boolean is(String line) {
        return line.contains(mark) && pattern.matcher(line).find();
    }

    /// The parts of a line that is it.
    public Matcher in(String line) {
        return pattern.matcher(line);
    }

    /// The lines that are this message.
    public List<String> of(List<String> log) {
        return log.stream().filter(this::is).toList();
    }

    /// The first message that a line is.
    public static Optional<LogMessage> of(String line) {
        for (LogMessage message : values()) {
            if (message.is(line)) {
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    /// Whether a line of a text is certainly from a kernel's log.
    public static boolean isLog(String line) {
        String text = withoutTimeStamp(line);
        boolean stamped = text.length() < line.strip().length();
        return of(text).filter(found -> stamped || found.pattern.pattern().startsWith("^"))
                .isPresent();
    }

    /// A line of dmesg or of a journal without its time, host and level.
    public static String withoutTimeStamp(String line) {
        String text = line.strip();
        int journal = text.indexOf(JOURNAL);
        if (journal > 0 && journal < MAX_JOURNAL && text.charAt(0) != '[') {
            text = text.substring(journal + JOURNAL.length());
        }
        return PREFIX.matcher(text).replaceFirst("").stripTrailing();
    }
}
