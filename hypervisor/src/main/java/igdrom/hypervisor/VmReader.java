package igdrom.hypervisor;

import igdrom.plan.vm.Hypervisor;
import java.util.regex.Pattern;

/// Reads the definition of a virtual machine, whoever's it is.
public final class VmReader {
    private static final Pattern BHYVE = Pattern.compile("(^|[\\s/])bhyve(\\s|$)");
    private static final Pattern QEMU =
            Pattern.compile("qemu-system-|(^|[\\s/])(kvm|qemu)\\s|(^|\\s)-device\\s");
    private static final Pattern PROXMOX =
            Pattern.compile("(?m)^(hostpci\\d+|machine|ostype|memory|cores|scsihw|boot|vga|net0):");

    private VmReader() {}

    /// Reads a definition.
    ///
    /// @param name of the file
    /// @throws MalformedVmException when it is none, or cannot be read
    public static ReadVm read(String name, String text) {
        return switch (hypervisor(name, text)) {
            case LIBVIRT -> LibvirtReader.read(name, text);
            case PROXMOX -> ProxmoxReader.read(name, text);
            case BHYVE -> BhyveReader.read(name, text);
            case QEMU -> QemuReader.read(name, text);
        };
    }

    private static Hypervisor hypervisor(String name, String text) {
        if (text.stripLeading().startsWith("<")) {
            return Hypervisor.LIBVIRT;
        }
        if (PROXMOX.matcher(text).find()) {
            return Hypervisor.PROXMOX;
        }
        if (BhyveReader.isVmBhyve(text) || BHYVE.matcher(text).find()) {
            return Hypervisor.BHYVE;
        }
        if (QEMU.matcher(text).find()) {
            return Hypervisor.QEMU;
        }
        throw new MalformedVmException(
                name,
                0,
                "is neither a command line of QEMU or bhyve, nor XML of libvirt, nor a"
                        + " configuration of Proxmox VE or vm-bhyve");
    }
}
