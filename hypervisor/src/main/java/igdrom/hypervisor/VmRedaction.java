package igdrom.hypervisor;

import igdrom.host.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The definition of a virtual machine without what identifies the machine or its owner. Lines keep
/// their numbers, and what igdrom reads of a definition stays as it is.
///
/// @param text what is left
/// @param removed how often something was removed, by what it was
public record VmRedaction(String text, Map<String, Integer> removed) {
    private static final String NAME = "names and comments";
    private static final String PATH = "paths below home directories";
    private static final String HOST = "host names and addresses";
    private static final String SECRET = "passwords and keys";
    private static final String IDENTIFIER = "serial numbers, UUIDs and MAC addresses";

    private static final String REMOVED = Identifiers.REMOVED;

    /// What XML needs instead.
    private static final String REMOVED_IN_XML = "&lt;removed&gt;";

    /// What igdrom, and somebody who helps, needs of a configuration of Proxmox VE. The values of
    /// all other keys are removed: names, notes, users, networks.
    private static final Set<String> PROXMOX_KEYS =
            Set.of(
                    "acpi",
                    "affinity",
                    "arch",
                    "args",
                    "audio",
                    "balloon",
                    "bios",
                    "boot",
                    "cores",
                    "cpu",
                    "cpulimit",
                    "efidisk",
                    "hostpci",
                    "hugepages",
                    "ide",
                    "kvm",
                    "machine",
                    "memory",
                    "numa",
                    "onboot",
                    "ostype",
                    "rng",
                    "sata",
                    "scsi",
                    "scsihw",
                    "serial",
                    "sockets",
                    "tablet",
                    "tpmstate",
                    "usb",
                    "vcpus",
                    "vga",
                    "virtio");

    private static final Pattern PROXMOX_LINE = Pattern.compile("^([a-z]+)\\d*: (.*)$");

    private static final List<Rule> RULES =
            List.of(
                    new Rule(
                            SECRET,
                            "(?i)(?<![a-z])((?:pass(?:word|wd)?|osk|secret|token|key(?:file)?)=)"
                                    + "('[^']*'|\"[^\"]*\"|[^\\s,'\"]+)",
                            "$1" + REMOVED),
                    new Rule(
                            IDENTIFIER,
                            "(-smbios[\\s=]+)('[^']*'|\"[^\"]*\"|\\S+)",
                            "$1" + REMOVED),
                    new Rule(IDENTIFIER, "(-uuid\\s+)(\\S+)", "$1" + REMOVED),
                    new Rule(
                            IDENTIFIER,
                            "(?i)((?:serial|wwn|uuid|mac|macaddr)=)"
                                    + "('[^']*'|\"[^\"]*\"|[^\\s,'\"]+)",
                            "$1" + REMOVED),
                    new Rule(NAME, "(\\s-name\\s+)('[^']*'|\"[^\"]*\"|[^\\s,]+)", "$1" + REMOVED),
                    new Rule(NAME, "(guest=)([^\\s,'\"]+)", "$1" + REMOVED),
                    new Rule(
                            PATH,
                            "(/home/|/Users/|/run/media/|/media/)[^\\s'\",<>&]+",
                            "$1" + REMOVED),
                    new Rule(
                            HOST,
                            "(\\b(?!https?://libvirt\\.org)[a-z]+[a-z0-9+.-]*://)"
                                    + "[^\\s'\",<>&]+",
                            "$1" + REMOVED),
                    new Rule(
                            HOST,
                            "(?<![\\w.])(?!127\\.0\\.0\\.1|0\\.0\\.0\\.0)"
                                    + "(?:\\d{1,3}\\.){3}\\d{1,3}(?![\\w.])",
                            REMOVED));

    /// Elements of libvirt whose text names something, and those that hold anything.
    private static final List<Rule> XML_RULES =
            List.of(
                    new Rule(
                            SECRET, "( passwd=)('[^']*'|\"[^\"]*\")", "$1'" + REMOVED_IN_XML + "'"),
                    new Rule(
                            NAME,
                            "(<(name|title|description|hostname)>)[^<]+(</\\2>)",
                            "$1" + REMOVED_IN_XML + "$3"),
                    new Rule(
                            IDENTIFIER,
                            "(<(uuid|serial|wwn|genid|entry(?: name='[^']*')?)>)" + "[^<]+(</)",
                            "$1" + REMOVED_IN_XML + "$3"),
                    new Rule(
                            IDENTIFIER,
                            "(<mac address=)(['\"])[^'\"]*\\2",
                            "$1'" + REMOVED_IN_XML + "'"),
                    new Rule(
                            HOST,
                            "(<(?:host|listen)[^>]*?\\b(?:name|address)=)(['\"])"
                                    + "(?!127\\.0\\.0\\.1|0\\.0\\.0\\.0)[^'\"]*\\2",
                            "$1'" + REMOVED_IN_XML + "'"));

    /// What to remove, and how that is called.
    private record Rule(String what, Pattern pattern, String replacement) {
        Rule(String what, String pattern, String replacement) {
            this(what, Pattern.compile(pattern), replacement);
        }
    }

    public VmRedaction {
        removed = Map.copyOf(removed);
    }

    /// Removes what identifies somebody.
    ///
    /// @param vm the definition, as it was read
    /// @param text of its file
    /// @param hostName of the machine, empty when it is not known or identifies nobody
    public static VmRedaction of(ReadVm vm, String text, String hostName) {
        Redacting redacting = new Redacting(hostName);
        String rest =
                switch (vm.hypervisor()) {
                    case LIBVIRT -> redacting.xml(text);
                    case PROXMOX -> redacting.proxmox(text);
                    case QEMU, BHYVE -> redacting.shell(text);
                };
        return new VmRedaction(rest, redacting.removed);
    }

    private static final class Redacting {
        private final String hostName;
        private final Map<String, Integer> removed = new TreeMap<>();

        Redacting(String hostName) {
            this.hostName = hostName;
        }

        private String xml(String text) {
            String rest = emptied(text, "(?s)<!--.*?-->");
            rest = emptied(rest, "(?s)<metadata>.*?</metadata>");
            for (Rule rule : XML_RULES) {
                rest = replaced(rest, rule);
            }
            return lines(rest).replace(REMOVED, REMOVED_IN_XML);
        }

        private String proxmox(String text) {
            List<String> lines = new ArrayList<>();
            for (String line : text.split("\n", -1)) {
                Matcher matcher = PROXMOX_LINE.matcher(line);
                if (line.startsWith("#")) {
                    lines.add("#" + count(NAME));
                } else if (matcher.matches() && !PROXMOX_KEYS.contains(matcher.group(1))) {
                    int colon = line.indexOf(": ");
                    lines.add(line.substring(0, colon + 2) + count(what(matcher.group(1))));
                } else {
                    lines.add(line);
                }
            }
            return lines(String.join("\n", lines));
        }

        private static String what(String key) {
            return switch (key) {
                case "smbios", "vmgenid", "net" -> IDENTIFIER;
                case "cipassword", "sshkeys", "ciuser" -> SECRET;
                case "ipconfig", "nameserver", "searchdomain" -> HOST;
                default -> NAME;
            };
        }

        private String shell(String text) {
            List<String> lines = new ArrayList<>();
            for (String line : text.split("\n", -1)) {
                boolean comment = line.stripLeading().startsWith("#") && !line.startsWith("#!");
                lines.add(comment ? "#" + count(NAME) : line);
            }
            return lines(String.join("\n", lines));
        }

        private String lines(String text) {
            String rest = text;
            for (Rule rule : RULES) {
                rest = replaced(rest, rule);
            }
            String without = Identifiers.removed(rest);
            add(IDENTIFIER, occurrences(without) - occurrences(rest));
            String unnamed = Identifiers.removed(without, hostName);
            add(HOST, occurrences(unnamed) - occurrences(without));
            return unnamed;
        }

        private String replaced(String text, Rule rule) {
            Matcher matcher = rule.pattern.matcher(text);
            StringBuilder out = new StringBuilder();
            while (matcher.find()) {
                String found = matcher.group();
                if (found.contains(REMOVED) || found.contains(REMOVED_IN_XML)) {
                    matcher.appendReplacement(out, Matcher.quoteReplacement(found));
                } else {
                    add(rule.what, 1);
                    matcher.appendReplacement(out, rule.replacement);
                }
            }
            return matcher.appendTail(out).toString();
        }

        /// Without what the pattern finds, but for its line ends.
        private String emptied(String text, String pattern) {
            return Pattern.compile(pattern)
                    .matcher(text)
                    .replaceAll(match -> {
                        add(NAME, 1);
                        return "\n"
                                .repeat((int) match.group().chars().filter(c -> c == '\n').count());
                    });
        }

        private String count(String what) {
            add(what, 1);
            return REMOVED;
        }

        private void add(String what, int count) {
            if (count > 0) {
                removed.merge(what, count, Integer::sum);
            }
        }

        private static int occurrences(String text) {
            return text.split(Pattern.quote(REMOVED), -1).length;
        }
    }
}
