package igdrom.hypervisor;

import igdrom.hypervisor.CommandWords.Word;
import igdrom.plan.vm.GuestDevice;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.SlotAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads command lines of QEMU: what concerns an IGD in them.
final class QemuReader {
    private static final String VFIO = "vfio-pci";

    /// A member of a device in JSON syntax, which is flat.
    private static final Pattern MEMBER =
            Pattern.compile("\"([\\w-]+)\"\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([\\w.+-]+))");

    private static final Pattern MEMORY = Pattern.compile("(?:size=)?(\\d{1,9})([MGmg]?).*");
    private static final int MIB_PER_GIB = 1024;

    private final VmBuilder vm;

    /// The id of the IGD's device, empty for none.
    private String igdId = "";

    private final List<Device> devices = new ArrayList<>();

    private record Device(SequencedMap<String, String> properties, int line) {
        String get(String key) {
            return properties.getOrDefault(key, "");
        }
    }

    private QemuReader(VmBuilder vm) {
        this.vm = vm;
    }

    static ReadVm read(String name, String text) {
        VmBuilder vm = new VmBuilder(Hypervisor.QEMU, name);
        new QemuReader(vm).read(CommandWords.split(name, text));
        return vm.build();
    }

    /// Reads arguments into a definition that something else has begun, whose IGD has this id.
    static void readInto(VmBuilder vm, String id, List<Word> words) {
        QemuReader reader = new QemuReader(vm);
        reader.igdId = id;
        reader.read(words);
    }

    private void read(List<Word> words) {
        List<Word[]> late = new ArrayList<>();
        boolean whole = igdId.isEmpty();
        boolean display = whole;
        boolean firmware = false;
        int displayLine = 0;
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            String option = option(word.text());
            if (option.isEmpty()) {
                continue;
            }
            boolean alone = option.equals("nodefaults");
            Word value = !alone && i + 1 < words.size() ? words.get(i + 1) : word;
            switch (option) {
                case "nodefaults" -> display = false;
                case "machine", "M" -> machine(value);
                case "vga" -> {
                    display = !value.text().equals("none");
                    displayLine = value.line();
                }
                case "cpu" -> processor(value);
                case "m" -> memory(value);
                case "bios" -> {
                    firmware = true;
                    vm.firmware(
                            value.text().contains("OVMF")
                                    ? GuestFirmware.UEFI
                                    : GuestFirmware.SEABIOS,
                            false,
                            value.line());
                }
                case "drive", "blockdev" -> firmware |= flash(value);
                case "fw_cfg" -> {
                    if (value.text().contains("opt/ovmf/X-PciMmio64Mb")) {
                        vm.lowBars();
                    }
                }
                case "device" -> device(value);
                case "set", "global" -> late.add(new Word[] {word, value});
                default -> {
                    // Nothing that concerns the IGD.
                }
            }
        }
        if (whole) {
            vm.display(display, displayLine);
            if (!firmware) {
                vm.firmware(GuestFirmware.SEABIOS, false, 0);
            }
        }
        finish(late);
    }

    /// The name of an option, empty for another word. Two hyphens are as good as one.
    private static String option(String word) {
        return word.startsWith("--") && word.length() > 2
                ? word.substring(2)
                : word.startsWith("-") ? word.substring(1) : "";
    }

    /// The devices first, then what changes them.
    private void finish(List<Word[]> late) {
        for (Device device : devices) {
            boolean vfio = device.get("driver").equals(VFIO);
            String host = VmBuilder.fullAddress(device.get("host"));
            if (vfio && !vm.hasIgd() && isIgd(host)) {
                igdId = device.get("id");
                vm.igd(host, device.line());
                device.properties().forEach((key, value) -> vm.property(key, value, device.line()));
            } else {
                vm.other(
                        new GuestDevice(
                                device.get("id").isEmpty()
                                        ? device.get("driver")
                                        : device.get("id"),
                                vfio ? host : null,
                                device.get("bus").isEmpty() ? null : device.get("bus"),
                                SlotAddress.ofQemu(device.get("addr")).orElse(null)),
                        device.line());
            }
        }
        for (Word[] change : late) {
            String text = change[1].text();
            int equals = text.indexOf('=');
            String set = "device." + igdId + ".";
            String prefix = option(change[0].text()).equals("global") ? VFIO + "." : set;
            if (equals > 0 && text.startsWith(prefix) && prefix.length() < equals) {
                vm.property(
                        text.substring(prefix.length(), equals),
                        text.substring(equals + 1),
                        change[1].line());
            }
        }
    }

    /// Whether a function of the host is its IGD, or a virtual function of it.
    static boolean isIgd(String host) {
        return host.startsWith("0000:00:02.");
    }

    private void machine(Word value) {
        for (String part : value.text().split(",", -1)) {
            if (part.startsWith("type=")) {
                // Proxmox VE adds its own level.
                vm.machine(
                        part.substring("type=".length()).replaceFirst("\\+.*", ""), value.line());
            } else if (!part.contains("=")) {
                vm.machine(part, value.line());
            } else if (part.startsWith("pflash0=")) {
                vm.firmware(GuestFirmware.UEFI, false, value.line());
            }
        }
    }

    private void processor(Word value) {
        vm.processor(value.line());
        for (String part : value.text().split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            if (key.equals("phys-bits") || key.equals("host-phys-bits-limit")) {
                number(part.substring(equals + 1))
                        .ifPresent(bits -> vm.addressBits(bits, value.line()));
            }
        }
    }

    private static OptionalInt number(String text) {
        return text.matches("\\d{1,4}")
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    private void memory(Word value) {
        Matcher matcher = MEMORY.matcher(value.text());
        if (matcher.matches()) {
            int size = Integer.parseInt(matcher.group(1));
            boolean gib = matcher.group(2).equalsIgnoreCase("G");
            vm.memory(gib && size < 1 << 20 ? size * MIB_PER_GIB : size, value.line());
        }
    }

    private boolean flash(Word value) {
        boolean drive = value.text().contains("if=pflash");
        boolean node = value.text().contains("\"node-name\":\"pflash0\"");
        if ((drive && !value.text().contains("unit=1")) || node) {
            vm.firmware(GuestFirmware.UEFI, value.text().contains(".ms.fd"), value.line());
        }
        return drive || node;
    }

    private void device(Word value) {
        SequencedMap<String, String> properties =
                value.text().startsWith("{") ? json(value.text()) : list(value.text());
        devices.add(new Device(properties, value.line()));
    }

    private static SequencedMap<String, String> json(String text) {
        SequencedMap<String, String> properties = new LinkedHashMap<>();
        Matcher matcher = MEMBER.matcher(text);
        while (matcher.find()) {
            String value =
                    matcher.group(2) != null
                            ? matcher.group(2).replaceAll("\\\\(.)", "$1")
                            : matcher.group(3);
            properties.put(matcher.group(1), value);
        }
        return properties;
    }

    /// A list in which a comma is written twice.
    private static SequencedMap<String, String> list(String text) {
        SequencedMap<String, String> properties = new LinkedHashMap<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            boolean comma = i < text.length() && text.charAt(i) == ',';
            if (comma && i + 1 < text.length() && text.charAt(i + 1) == ',') {
                part.append(',');
                i++;
            } else if (comma || i == text.length()) {
                String whole = part.toString();
                int equals = whole.indexOf('=');
                if (properties.isEmpty() && equals < 0) {
                    properties.put("driver", whole);
                } else {
                    properties.put(
                            equals < 0 ? whole : whole.substring(0, equals),
                            equals < 0 ? "on" : whole.substring(equals + 1));
                }
                part.setLength(0);
            } else {
                part.append(text.charAt(i));
            }
        }
        return properties;
    }

    /// All parts of a list, for other readers.
    static Map<String, String> parts(String text) {
        return list(text);
    }
}
