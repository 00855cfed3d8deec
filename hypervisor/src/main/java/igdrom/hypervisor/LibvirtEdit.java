package igdrom.hypervisor;

import igdrom.plan.vm.VmPlan;

/// Gives a domain of libvirt its IGD.
public final class LibvirtEdit {
    private LibvirtEdit() {}

    /// The hook for a guest.
    public static ConfigPart hook(VmPlan plan, String guest) {
        return LibvirtText.hook(plan, guest);
    }

    /// The changed text of a domain, or why it stays.
    ///
    /// @param name of the file
    public static VmEdit of(String name, String text, VmPlan plan) {
        return LibvirtEditing.of(name, text, plan);
    }
}
