package igdrom.hypervisor;

import igdrom.plan.GuestMachine;
import igdrom.plan.vm.GuestDevice;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.GuestSystem;
import igdrom.plan.vm.ProgramVersion;
import igdrom.plan.vm.ProxmoxRelease;
import igdrom.plan.vm.SlotAddress;
import igdrom.plan.vm.Versions;
import igdrom.plan.vm.VmPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Writes configurations of Proxmox VE.
///
/// Source: Proxmox VE 9, qemu-server, PVE/QemuServer.pm and PVE/QemuServer/PCI.pm.
public final class ProxmoxText {
    private static final String SNIPPETS = "local:snippets/";
    private static final String SNIPPETS_DIRECTORY = "/var/lib/vz/snippets/";

    /// One script for all VMs.
    private static final String HOOK = "igdrom-hook.sh";

    /// The hook script for all VMs, as a value of `hookscript`.
    static final String SNIPPET = SNIPPETS + HOOK;

    private static final String IGD_ADDRESS = "0000:00:02.0";
    private static final String DEVICE_ID = "x-pci-device-id";
    private static final String SET = "-set device.hostpci0.";

    private ProxmoxText() {}

    static List<ConfigPart> parts(VmPlan plan) {
        return List.of(
                hook(plan, HOOK),
                ConfigPart.paste(
                        "Commands that change an existing VM; run them as root, with the VM"
                                + " stopped",
                        commands(plan)),
                ConfigPart.paste(
                        "Or the same as lines of /etc/pve/qemu-server/VMID.conf, above its"
                                + " [snapshot] sections",
                        lines(keys(plan))));
    }

    /// The hook script that changing a VM places: one for each, since what it gives back belongs to
    /// that VM.
    static ConfigPart hookOf(VmPlan plan, String vmid) {
        return hook(plan, hookName(vmid));
    }

    /// That script as a value of `hookscript`.
    static String snippetOf(String vmid) {
        return SNIPPETS + hookName(vmid);
    }

    private static String hookName(String vmid) {
        return "igdrom-" + vmid + ".sh";
    }

    private static ConfigPart hook(VmPlan plan, String name) {
        return ConfigPart.script(
                "The hook script, which gives the GPU back to the host when the guest stops",
                SNIPPETS_DIRECTORY + name,
                HookScript.of(plan, "proxmox-$1", "", use()));
    }

    private static String use() {
        return """
        case $2 in
            pre-start) take || exit 1 ;;
            post-stop) give_back ;;
        esac
        """;
    }

    /// The keys that give a VM its IGD, in the order of Proxmox VE.
    public static SequencedMap<String, String> keys(VmPlan plan) {
        SequencedMap<String, String> keys = new LinkedHashMap<>();
        keys.put("bios", plan.firmware() == GuestFirmware.UEFI ? "ovmf" : "seabios");
        keys.put("machine", machine(plan));
        keys.put("cpu", "host,phys-bits=" + plan.addressWidth().bits());
        keys.put("vga", plan.definition().emulatedDisplay() ? "std" : "none");
        keys.put("hostpci0", hostpci(plan));
        int index = 1;
        for (GuestDevice other : plan.definition().others()) {
            if (other.host() != null) {
                keys.put("hostpci" + index++, other.host());
            }
        }
        String args = arguments(plan);
        if (!args.isEmpty()) {
            keys.put("args", args);
        }
        keys.put("hookscript", SNIPPET);
        return keys;
    }

    private static String lines(Map<String, String> keys) {
        Lines text = new Lines();
        keys.forEach((key, value) -> text.add(key + ": " + value));
        return text.toString();
    }

    private static String commands(VmPlan plan) {
        Lines text = new Lines();
        text.add(Explanation.comments(plan).stripTrailing());
        text.add("VMID=100");
        if (plan.romSource() != null && plan.igd().romFile() != null) {
            text.add("cp %s %s", ShellWord.quoted(plan.romSource()), quotedRom(plan));
        }
        text.add("# Storage local must allow snippets (pvesm set local --content ...,snippets).");
        text.add("chmod +x " + SNIPPETS_DIRECTORY + HOOK);
        if (plan.firmware() == GuestFirmware.UEFI) {
            text.add("# Without an EFI disk; local-lvm is the name of a storage:");
            text.add("# qm set $VMID --efidisk0 " + efiDisk(plan));
        }
        text.add("qm set $VMID --memory " + plan.memoryMiB() + " --ostype " + osType(plan));
        keys(plan)
                .forEach((key, value) ->
                        text.add("qm set $VMID --%s %s", key, ShellWord.quoted(value)));
        return text.toString();
    }

    private static String quotedRom(VmPlan plan) {
        return ShellWord.quoted(String.valueOf(plan.igd().romFile()));
    }

    private static String efiDisk(VmPlan plan) {
        return "local-lvm:1,efitype=4m,pre-enrolled-keys="
                + (plan.definition().secureBoot() ? "1" : "0");
    }

    private static String osType(VmPlan plan) {
        GuestSystem guest = plan.definition().guest();
        if (guest == null) {
            return "l26";
        }
        return switch (guest) {
            case WINDOWS -> "win11";
            case LINUX -> "l26";
            case MACOS -> "other";
        };
    }

    /// With a version: without one Proxmox VE gives Windows version 5.1, which QEMU 11.1 dropped.
    private static String machine(VmPlan plan) {
        Versions versions = plan.definition().versions();
        ProgramVersion qemu = versions.qemu();
        ProxmoxRelease release =
                versions.proxmox() == null
                        ? ProxmoxRelease.newest()
                        : ProxmoxRelease.of(versions.proxmox()).orElse(ProxmoxRelease.newest());
        ProgramVersion version =
                qemu != null && qemu.compareTo(release.qemu()) < 0 ? qemu : release.qemu();
        return (plan.machine() == GuestMachine.Q35 ? "pc-q35-" : "pc-i440fx-")
                + version.major()
                + "."
                + version.minor();
    }

    /// Whether Proxmox VE puts the IGD at 00:02.0 itself; it moves a bridge away from 00:1f.0 then.
    private static boolean isLegacy(VmPlan plan) {
        return plan.machine() == GuestMachine.PC && plan.igd().host().equals(IGD_ADDRESS);
    }

    private static String hostpci(VmPlan plan) {
        StringBuilder value = new StringBuilder(plan.igd().host());
        if (isLegacy(plan)) {
            value.append(",legacy-igd=1");
        }
        String rom = plan.igd().romFile();
        if (rom != null) {
            value.append(",romfile=").append(rom.substring(rom.lastIndexOf('/') + 1));
        }
        String id = plan.igd().options().get(DEVICE_ID);
        if (id != null) {
            value.append(",device-id=").append(id);
        }
        return value.toString();
    }

    private static String arguments(VmPlan plan) {
        List<String> words = new ArrayList<>();
        if (plan.definition().lowBars()) {
            words.add("-fw_cfg " + OvmfSetting.LOW_BARS);
        }
        SlotAddress address = plan.igd().address();
        if (!isLegacy(plan) && address != null) {
            words.add(SET + "bus=" + plan.igd().bus());
            words.add(SET + "addr=" + address);
        }
        plan.igd()
                .options()
                .forEach((name, value) -> {
                    if (!name.equals(DEVICE_ID)) {
                        words.add(SET + name + "=" + value);
                    }
                });
        return String.join(" ", words);
    }
}
