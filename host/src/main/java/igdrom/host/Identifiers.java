package igdrom.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Removes what identifies a machine or its owner from texts.
public final class Identifiers {
    /// Stands for what was removed.
    public static final String REMOVED = "<removed>";

    /// A UUID, a machine id, a MAC address, the UUID of a FAT file system.
    private static final Pattern IDENTIFIER =
            Pattern.compile(
                    "(?<![0-9A-Za-z])(?:"
                            + "[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"
                            + "|[0-9A-Fa-f]{32}"
                            + "|(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}"
                            + ")(?![0-9A-Za-z])");

    private static final Pattern NAMED_IDENTIFIER =
            Pattern.compile(
                    "((?:UUID|PARTUUID|LABEL|PARTLABEL|[Ss]erial(?:[ _]?[Nn]umber)?|SN)[=:]"
                            + " ?)[^\\s,;]+");

    private static final Pattern LOGGED_COMMAND_LINE =
            Pattern.compile("((?:Kernel command|Command) line: )(.*)");

    /// Parameters whose values are about hardware or the boot loader. The values of all others are
    /// removed: too many name disks, networks and hosts.
    private static final Set<String> KEPT =
            Set.of(
                    "BOOT_IMAGE",
                    "acpi",
                    "acpi_osi",
                    "add_efi_memmap",
                    "blacklist",
                    "console",
                    "default_hugepagesz",
                    "disable_vga",
                    "driver_async_probe",
                    "efi",
                    "fbcon",
                    "hugepages",
                    "hugepagesz",
                    "ids",
                    "initcall_blacklist",
                    "initrd",
                    "intel_iommu",
                    "intremap",
                    "iommu",
                    "lockdown",
                    "loglevel",
                    "maxcpus",
                    "mem",
                    "mitigations",
                    "module_blacklist",
                    "nomodeset",
                    "nr_cpus",
                    "pci",
                    "pci_stub",
                    "pcie_acs_override",
                    "pcie_aspm",
                    "pcie_port_pm",
                    "preempt",
                    "rd.driver.blacklist",
                    "rd.driver.post",
                    "rd.driver.pre",
                    "reserve",
                    "security",
                    "softdep",
                    "systemd.unit",
                    "vga",
                    "video");

    /// Parameters of modules, with a dot after the name.
    private static final List<String> KEPT_MODULES =
            List.of(
                    "drm",
                    "drm_kms_helper",
                    "i915",
                    "intel_iommu",
                    "iommu",
                    "kvm",
                    "kvm_intel",
                    "modprobe",
                    "nouveau",
                    "pcie_aspm",
                    "simpledrm",
                    "snd_hda_intel",
                    "vfio",
                    "vfio_iommu_type1",
                    "vfio_pci",
                    "vfio_virqfd",
                    "xe");

    private Identifiers() {}

    /// The text without UUIDs, labels, serial numbers and MAC addresses.
    public static String removed(String text) {
        String unnamed = NAMED_IDENTIFIER.matcher(text).replaceAll("$1" + REMOVED);
        return IDENTIFIER.matcher(unnamed).replaceAll(REMOVED);
    }

    /// The text without a host name too, where it stands as a word.
    public static String removed(String text, String hostName) {
        String rest = removed(text);
        return hostName.isEmpty()
                ? rest
                : Pattern.compile("(?<![\\w-])" + Pattern.quote(hostName) + "(?![\\w-])")
                        .matcher(rest)
                        .replaceAll(REMOVED);
    }

    /// A line of the kernel's log without identifiers.
    public static String inLog(String line) {
        Matcher matcher = LOGGED_COMMAND_LINE.matcher(line);
        return matcher.matches() ? matcher.group(1) + commandLine(matcher.group(2)) : removed(line);
    }

    /// A command line of the kernel without the values that may name disks, networks or the host,
    /// and without the arguments of init.
    public static String commandLine(String text) {
        List<String> kept = new ArrayList<>();
        for (String parameter : parameters(text)) {
            if (parameter.equals("--")) {
                break;
            }
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (name.indexOf('"') >= 0) {
                kept.add(REMOVED);
            } else {
                kept.add(equals < 0 || isKept(name) ? removed(parameter) : name + "=" + REMOVED);
            }
        }
        return String.join(" ", kept);
    }

    private static boolean isKept(String name) {
        String unified = name.replace('-', '_');
        int dot = unified.indexOf('.');
        return KEPT.contains(name)
                || KEPT.contains(unified)
                || (dot >= 0 && KEPT_MODULES.contains(unified.substring(0, dot)));
    }

    /// The words of a command line; blanks within quotation marks do not end one.
    private static List<String> parameters(String text) {
        List<String> parameters = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char character : (text + " ").toCharArray()) {
            quoted ^= character == '"';
            if (!Character.isWhitespace(character) || quoted) {
                word.append(character);
            } else if (!word.isEmpty()) {
                parameters.add(word.toString());
                word.setLength(0);
            }
        }
        if (!word.isEmpty()) {
            parameters.add(word.toString().strip());
        }
        return parameters;
    }
}
