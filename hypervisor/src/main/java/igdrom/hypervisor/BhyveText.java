package igdrom.hypervisor;

import igdrom.plan.vm.GuestDevice;
import igdrom.plan.vm.VmPlan;
import java.util.ArrayList;
import java.util.List;

/// Writes configurations of bhyve and vm-bhyve.
///
/// Source: FreeBSD bc0f7b93, usr.sbin/bhyve: bhyve.8, amd64/pci_gvt-d.c, pci_passthru.c, pci_lpc.c;
/// vm-bhyve of 2026-08, lib/vm-run.
public final class BhyveText {
    /// Source: FreeBSD, usr.sbin/bhyve/amd64/pci_lpc.c: `host` copies the value of the host's
    /// bridge.
    private static final List<String> BRIDGE_REGISTERS =
            List.of("vendor", "device", "revid", "subvendor", "subdevice");

    private static final String FIRMWARE = "/usr/local/share/uefi-firmware/BHYVE_UEFI.fd";

    private BhyveText() {}

    static List<ConfigPart> parts(VmPlan plan) {
        return List.of(
                ConfigPart.paste(
                        "Lines for /boot/loader.conf that keep the GPU from the host; restart it"
                                + " afterwards",
                        "vmm_load=\"YES\"\npptdevs=\"" + String.join(" ", slots(plan)) + "\"\n"),
                ConfigPart.script(
                        "The guest; not run here on FreeBSD. Add disks and a network, but no fbuf",
                        "run-igd.sh",
                        "#!/bin/sh\n" + Explanation.comments(plan) + command("", arguments(plan))),
                ConfigPart.paste(
                        "A check that starts nothing: it prints the configuration as bhyve"
                                + " understands it. Each line of the command must be in it, since"
                                + " bhyve ignores variables that it does not know",
                        command("-o config.dump=1 ", arguments(plan))),
                ConfigPart.paste("Or the same as lines of a guest of vm-bhyve", vmBhyve(plan)));
    }

    /// The options that copy the host's LPC bridge, so that an unedited GOP starts.
    public static List<String> bridgeOfHost() {
        List<String> options = new ArrayList<>();
        for (String register : BRIDGE_REGISTERS) {
            options.add("-o pci.0.31.0.pcireg." + register + "=host");
        }
        return options;
    }

    /// The device, without `-s`.
    public static String device(VmPlan plan) {
        String rom = plan.igd().romFile();
        return "2,passthru,%s%s"
                .formatted(slot(plan.igd().host()), rom == null ? "" : ",rom=" + rom);
    }

    private static List<String> arguments(VmPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("-c 4 -m " + plan.memoryMiB() + "M -A -H -S -w");
        lines.add("-l bootrom," + FIRMWARE);
        lines.add("-o lpc.fwcfg=qemu");
        lines.add("-s 0,hostbridge");
        lines.add("-s " + ShellWord.quoted(device(plan)));
        int slot = 3;
        for (GuestDevice other : plan.definition().others()) {
            if (other.host() != null) {
                lines.add("-s %d,passthru,%s".formatted(slot++, slot(other.host())));
            }
        }
        lines.add("-s 31,lpc -l com1,stdio");
        lines.addAll(bridgeOfHost());
        return lines;
    }

    private static String command(String first, List<String> arguments) {
        return "bhyve " + first + String.join(" \\\n    ", arguments) + " \\\n    igd\n";
    }

    private static List<String> slots(VmPlan plan) {
        return plan.hostFunctions().stream().map(BhyveText::slot).toList();
    }

    /// `0000:00:02.0` as `0/2/0`, in decimal.
    private static String slot(String address) {
        return "%d/%d/%d"
                .formatted(
                        Integer.parseInt(address, 5, 7, 16),
                        Integer.parseInt(address, 8, 10, 16),
                        Integer.parseInt(address, 11, 12, 16));
    }

    private static String vmBhyve(VmPlan plan) {
        Lines text = new Lines();
        text.add("loader=\"uefi\"");
        text.add("cpu=4");
        text.add("memory=%dM", plan.memoryMiB());
        int index = 0;
        for (String function : plan.hostFunctions()) {
            String guest = index == 0 ? "2:0" : (2 + index) + ":0";
            text.add("passthru%d=\"%s=%s\"", index, slot(function), guest);
            if (index == 0 && plan.igd().romFile() != null) {
                text.add("passthru0_options=\"rom=%s\"", plan.igd().romFile());
            }
            index++;
        }
        text.add("# Its own setting fwcfg=\"qemu\" has no effect: bhyve reads lpc.fwcfg.");
        text.add("bhyve_options=\"-o lpc.fwcfg=qemu %s\"", String.join(" ", bridgeOfHost()));
        return text.toString();
    }
}
