package igdrom.hypervisor;

import igdrom.plan.GuestMachine;
import igdrom.plan.vm.GuestDevice;
import igdrom.plan.vm.SlotAddress;
import igdrom.plan.vm.VmDefinition;
import igdrom.plan.vm.VmPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Gives a VM of Proxmox VE its IGD, and leaves everything else as it is.
public final class ProxmoxEdit {
    private static final String IGD = "hostpci0";
    private static final String HOOK = "hookscript";
    private static final int HOST_DEVICES = 16;

    private static final Pattern USUAL_STORAGE =
            Pattern.compile(
                    "(?m)^dir: local\\s*\\n(?:[ \\t]+.*\\n)*?[ \\t]+path /var/lib/vz/?\\s*$");

    /// The section with the changes that Proxmox VE applies at the next start.
    private static final String PENDING = "[PENDING]";

    /// What igdrom itself adds to `args`, so that a second time replaces the first.
    private static final String OWN_ARGUMENTS =
            " ?-set device\\.hostpci0\\.(?:x-igd-[\\w-]+|x-pci-class-code|bus|addr)=\\S*"
                    + "| ?-fw_cfg name=opt/ovmf/X-PciMmio64Mb,string=\\S*";

    private ProxmoxEdit() {}

    /// The hook script that a VM gets, empty when it has one already, or its storage is elsewhere.
    ///
    /// @param name of the file
    /// @param storages the text of `/etc/pve/storage.cfg`, empty when that file is missing
    public static Optional<ConfigPart> hook(
            String name, String text, VmPlan plan, String vmid, String storages) {
        String old = ProxmoxFile.of(name, text).value(HOOK).orElse("");
        boolean other = !old.isEmpty() && !old.equals(ProxmoxText.snippetOf(vmid));
        return other || !hasUsualStorage(storages)
                ? Optional.empty()
                : Optional.of(ProxmoxText.hookOf(plan, vmid));
    }

    /// Whether the storage `local` is where Proxmox VE's installer puts it.
    private static boolean hasUsualStorage(String storages) {
        return storages.isEmpty() || USUAL_STORAGE.matcher(storages).find();
    }

    /// The changed text of a configuration, or why it stays.
    ///
    /// @param name of the file
    /// @param vmid whose hook script is named, empty for none
    public static VmEdit of(String name, String text, VmPlan plan, String vmid) {
        ProxmoxFile file = ProxmoxFile.of(name, text);
        List<String> refusals = refusals(name, text, file);
        if (!refusals.isEmpty()) {
            return VmEdit.refused(text, refusals);
        }
        SequencedMap<String, String> keys = ProxmoxText.keys(plan);
        if (vmid.isEmpty()) {
            keys.remove(HOOK);
        } else {
            keys.put(HOOK, ProxmoxText.snippetOf(vmid));
        }
        ProxmoxFile changed = file;
        for (Map.Entry<String, String> key : keys.entrySet()) {
            Optional<String> old = file.value(key.getKey());
            String value = value(key.getKey(), old.orElse(""), key.getValue(), plan);
            if (!value.equals(old.orElse(null))) {
                changed = changed.with(key.getKey(), value);
            }
        }
        return new VmEdit(text, changed.text(), List.of(), List.of());
    }

    /// What a key becomes, which has a value already.
    private static String value(String key, String old, String wanted, VmPlan plan) {
        return switch (key) {
            // A guest that is installed keeps its version of a machine.
            case "machine" -> isFamily(old, plan.machine()) ? old : wanted;
            case "cpu" -> cpu(old, wanted, plan);
            // On q35 any display is out of the way.
            case "vga" -> plan.machine() == GuestMachine.Q35 && !old.isEmpty() ? old : wanted;
            case "args" -> (old.replaceAll(OWN_ARGUMENTS, "") + " " + wanted).strip();
            default -> wanted;
        };
    }

    private static boolean isFamily(String machine, GuestMachine family) {
        return machine.startsWith(family == GuestMachine.Q35 ? "pc-q35-" : "pc-i440fx-");
    }

    /// The same processor with another width of addresses.
    private static String cpu(String old, String wanted, VmPlan plan) {
        if (old.isEmpty()) {
            return wanted;
        }
        String width = "phys-bits=" + plan.addressWidth().bits();
        return old.matches(".*\\bphys-bits=[^,]*.*")
                ? old.replaceFirst("\\bphys-bits=[^,]*", width)
                : old + "," + width;
    }

    private static List<String> refusals(String name, String text, ProxmoxFile file) {
        List<String> refusals = new ArrayList<>();
        file.value("lock").ifPresent(lock -> refusals.add("the VM is locked (lock: " + lock + ")"));
        if (file.hasSection(PENDING)) {
            refusals.add(
                    "changes wait for the next start (qm pending): start the VM once, or revert"
                            + " them");
        }
        VmDefinition vm = ProxmoxReader.read(name, text).vm();
        file.value(IGD)
                .ifPresent(device -> {
                    boolean other = vm.igd() == null || !isIgd(device);
                    if (other) {
                        refusals.add("hostpci0 is another device: " + device);
                    }
                });
        for (int i = 1; i < HOST_DEVICES; i++) {
            String key = "hostpci" + i;
            if (isIgd(file.value(key).orElse(""))) {
                refusals.add("the GPU is already " + key + ", and must be " + IGD);
            }
        }
        for (GuestDevice other : vm.others()) {
            SlotAddress address = other.address();
            if (address != null
                    && address.slot() == SlotAddress.IGD.slot()
                    && ("pci.0".equals(other.bus()) || "pcie.0".equals(other.bus()))) {
                refusals.add(other.name() + " is in slot 2, where the GPU belongs");
            }
        }
        return refusals;
    }

    private static boolean isIgd(String device) {
        return QemuReader.isIgd(
                VmBuilder.fullAddress(device.split(",", 2)[0].replaceFirst("^host=", "")));
    }
}
