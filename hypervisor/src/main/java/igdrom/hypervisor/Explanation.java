package igdrom.hypervisor;

import igdrom.plan.vm.IgdDevice;
import igdrom.plan.vm.Versions;
import igdrom.plan.vm.VfioProperty;
import igdrom.plan.vm.VmPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Why a definition is as it is, line by line, for comments.
final class Explanation {
    private static final int MAX_COLUMNS = 92;

    private Explanation() {}

    static List<String> of(VmPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s%s on %s%s, %s"
                        .formatted(
                                plan.device(),
                                plan.platform() == null
                                        ? ""
                                        : " (" + plan.platform().family() + ")",
                                hypervisor(plan),
                                plan.definition().hypervisor().isQemu()
                                        ? ", machine " + plan.machine().id()
                                        : "",
                                firmware(plan)));
        lines.addAll(folded(plan.why() + "."));
        IgdDevice igd = plan.igd();
        for (Map.Entry<String, String> option : igd.options().entrySet()) {
            VfioProperty.named(option.getKey())
                    .ifPresent(property ->
                            lines.addAll(
                                    folded(
                                            option.getKey()
                                                    + "="
                                                    + option.getValue()
                                                    + " decides "
                                                    + property.meaning()
                                                    + ".")));
        }
        if (plan.definition().hypervisor().isQemu()) {
            lines.addAll(
                    folded(
                            "The guest's addresses have %d bits: %s."
                                    .formatted(
                                            plan.addressWidth().bits(),
                                            plan.addressWidth().reason())));
        }
        if (plan.romSource() != null && !plan.romSource().equals(igd.romFile())) {
            lines.add("The ROM goes to " + igd.romFile() + ".");
        }
        if (plan.definition().lowBars()) {
            lines.addAll(
                    folded(
                            "X-PciMmio64Mb=0 keeps BAR2 below 4 GiB: the GOP of this platform would"
                                    + " draw over the guest's memory otherwise."));
        }
        if (plan.macos() != null) {
            lines.addAll(
                    folded(
                            "macOS (not tried): AAPL,ig-platform-id %s in the properties of the"
                                            .formatted(plan.macos().framebuffer())
                                    + " boot loader; drivers from macOS "
                                    + plan.macos().from()
                                    + " on"
                                    + (plan.macos().to() == null
                                            ? "."
                                            : " up to " + plan.macos().to() + ".")));
        }
        return lines;
    }

    /// The lines as comments of a shell.
    static String comments(VmPlan plan) {
        Lines text = new Lines();
        for (String line : of(plan)) {
            text.add("# " + line);
        }
        return text.toString();
    }

    private static String hypervisor(VmPlan plan) {
        Versions versions = plan.definition().versions();
        String qemu = versions.qemu() == null ? "" : "QEMU " + versions.qemu();
        return switch (plan.definition().hypervisor()) {
            case QEMU -> qemu;
            case LIBVIRT ->
                    (versions.libvirt() == null ? "libvirt" : "libvirt " + versions.libvirt())
                            + " with "
                            + qemu;
            case PROXMOX ->
                    "Proxmox VE"
                            + (versions.proxmox() == null ? "" : " " + versions.proxmox().major())
                            + " with "
                            + qemu;
            case BHYVE -> "bhyve";
        };
    }

    private static String firmware(VmPlan plan) {
        return switch (plan.firmware()) {
            case UEFI -> plan.definition().secureBoot() ? "UEFI with Secure Boot" : "UEFI";
            case SEABIOS -> "SeaBIOS";
        };
    }

    private static List<String> folded(String sentence) {
        String text =
                sentence.startsWith("x-")
                                || sentence.startsWith("bhyve")
                                || sentence.startsWith("macOS")
                        ? sentence
                        : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
        List<String> lines = new ArrayList<>();
        while (text.length() > MAX_COLUMNS) {
            int space = text.lastIndexOf(' ', MAX_COLUMNS);
            if (space <= 0) {
                break;
            }
            lines.add(text.substring(0, space));
            text = "  " + text.substring(space + 1);
        }
        lines.add(text);
        return lines;
    }
}
