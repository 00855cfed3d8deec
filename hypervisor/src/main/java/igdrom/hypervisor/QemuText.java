package igdrom.hypervisor;

import igdrom.plan.vm.GuestDevice;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.GuestSystem;
import igdrom.plan.vm.IgdDevice;
import igdrom.plan.vm.VmPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes command lines of QEMU.
public final class QemuText {
    private static final String PROGRAM = "qemu-system-x86_64";
    private static final String CODE = "/usr/share/OVMF/OVMF_CODE_4M";
    private static final String VARIABLES = "/usr/share/OVMF/OVMF_VARS_4M";

    private QemuText() {}

    static List<ConfigPart> parts(VmPlan plan) {
        return List.of(
                ConfigPart.script(
                        "A script that takes the GPU from the host, runs the guest, and gives the"
                                + " GPU back; run it as root",
                        "run-igd.sh",
                        HookScript.of(plan, "igd", Explanation.comments(plan), run(plan))),
                ConfigPart.paste(
                        "For a hypervisor that takes extra arguments of QEMU only (TrueNAS, Incus"
                                + " with raw.qemu), with its own device vfio-pci; not tried there",
                        globals(plan)));
    }

    private static String run(VmPlan plan) {
        Lines text = new Lines();
        if (plan.firmware() == GuestFirmware.UEFI) {
            text.add("# The variables of the firmware belong to this guest.");
            text.add("[ -e igd_VARS.fd ] || cp " + variables(plan) + " igd_VARS.fd");
        }
        text.add("modprobe vfio-pci");
        text.add("take || exit 1");
        text.add("trap give_back EXIT");
        text.add("for function in $FUNCTIONS; do");
        text.add("    bind_vfio \"$function\" || exit 1");
        text.add("done");
        text.add("# Add disks and a network. Nothing may take slot 2" + lpcSlot(plan) + ".");
        text.add(PROGRAM + " \\");
        List<String> lines = lines(plan);
        for (int i = 0; i < lines.size(); i++) {
            text.add("    " + lines.get(i) + (i < lines.size() - 1 ? " \\" : ""));
        }
        return text.toString();
    }

    private static String lpcSlot(VmPlan plan) {
        return plan.igd().options().containsKey("x-igd-lpc") ? " or slot 1f" : "";
    }

    /// The arguments, each line an option with its value.
    private static List<String> lines(VmPlan plan) {
        List<String> lines = new ArrayList<>();
        List<String> words = arguments(plan);
        for (int i = 0; i < words.size(); i++) {
            boolean value = i + 1 < words.size() && !words.get(i + 1).startsWith("-");
            lines.add(
                    ShellWord.quoted(words.get(i))
                            + (value ? " " + ShellWord.quoted(words.get(i + 1)) : ""));
            i += value ? 1 : 0;
        }
        return lines;
    }

    /// The arguments of QEMU for a guest without disks.
    public static List<String> arguments(VmPlan plan) {
        List<String> words = new ArrayList<>();
        boolean secure = plan.definition().secureBoot();
        add(words, "-name", "igd");
        add(words, "-machine", plan.machine().id() + (secure ? ",smm=on" : ""));
        // Always, and nothing else: with TCG as a second choice a guest would merely be slow.
        add(words, "-accel", "kvm");
        add(
                words,
                "-cpu",
                "host,host-phys-bits-limit="
                        + plan.addressWidth().bits()
                        + (plan.definition().guest() == GuestSystem.WINDOWS
                                ? ",hv_relaxed,hv_vapic,hv_time,hv_spinlocks=0x1fff"
                                : ""));
        add(words, "-m", Integer.toString(plan.memoryMiB()));
        add(words, "-smp", "4");
        if (plan.definition().guest() == GuestSystem.WINDOWS) {
            add(words, "-rtc", "base=localtime");
        }
        if (plan.firmware() == GuestFirmware.UEFI) {
            add(words, "-drive", "if=pflash,format=raw,readonly=on,file=" + code(secure));
            add(words, "-drive", "if=pflash,format=raw,file=igd_VARS.fd");
            if (secure) {
                add(words, "-global", "driver=cfi.pflash01,property=secure,value=on");
            }
        }
        words.add("-nodefaults");
        add(words, "-monitor", "stdio");
        words.addAll(igd(plan));
        for (GuestDevice other : plan.definition().others()) {
            add(words, "-device", "vfio-pci,host=" + other.host());
        }
        return words;
    }

    /// The arguments for the IGD alone.
    public static List<String> igd(VmPlan plan) {
        List<String> words = new ArrayList<>();
        if (plan.definition().lowBars()) {
            add(words, "-fw_cfg", OvmfSetting.LOW_BARS);
        }
        add(words, "-vga", "none");
        add(words, "-device", device(plan.igd()));
        return words;
    }

    private static void add(List<String> words, String option, String value) {
        words.add(option);
        words.add(value);
    }

    private static String device(IgdDevice igd) {
        StringBuilder device = new StringBuilder("vfio-pci,host=").append(igd.host());
        if (igd.bus() != null) {
            device.append(",bus=").append(igd.bus());
        }
        if (igd.address() != null) {
            device.append(",addr=").append(igd.address());
        }
        for (Map.Entry<String, String> option : igd.options().entrySet()) {
            device.append(',').append(option.getKey()).append('=').append(option.getValue());
        }
        if (igd.romFile() != null) {
            // A comma is written twice.
            device.append(",romfile=").append(igd.romFile().replace(",", ",,"));
        }
        return device.toString();
    }

    private static String globals(VmPlan plan) {
        List<String> words = new ArrayList<>();
        if (plan.igd().romFile() != null) {
            words.add("-global");
            words.add(
                    ShellWord.quoted(
                            "vfio-pci.romfile=" + plan.igd().romFile().replace(",", ",,")));
        }
        for (Map.Entry<String, String> option : plan.igd().options().entrySet()) {
            words.add("-global");
            words.add("vfio-pci." + option.getKey() + "=" + option.getValue());
        }
        if (plan.definition().lowBars()) {
            words.add("-fw_cfg");
            words.add(OvmfSetting.LOW_BARS);
        }
        return String.join(" ", words) + "\n";
    }

    private static String code(boolean secure) {
        return CODE + (secure ? ".secboot.fd" : ".fd");
    }

    private static String variables(VmPlan plan) {
        return VARIABLES + (plan.definition().secureBoot() ? ".ms.fd" : ".fd");
    }
}
