package igdrom.hypervisor;

import igdrom.plan.vm.VmPlan;
import java.util.List;

/// Writes the configuration of a virtual machine for its hypervisor.
public final class Configurations {
    private Configurations() {}

    /// The texts that a user needs, in the order in which he needs them.
    public static List<ConfigPart> write(VmPlan plan) {
        return switch (plan.definition().hypervisor()) {
            case QEMU -> QemuText.parts(plan);
            case LIBVIRT -> LibvirtText.parts(plan);
            case PROXMOX -> ProxmoxText.parts(plan);
            case BHYVE -> BhyveText.parts(plan);
        };
    }
}
