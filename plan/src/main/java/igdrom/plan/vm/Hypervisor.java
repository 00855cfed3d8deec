package igdrom.plan.vm;

import igdrom.plan.GuestMachine;

/// A hypervisor that a configuration is for.
public enum Hypervisor {
    QEMU("qemu", "QEMU", "", ""),
    LIBVIRT("libvirt", "libvirt", "/var/lib/libvirt/qemu/", ""),
    PROXMOX("proxmox", "Proxmox VE", "/usr/share/kvm/", ",; "),
    BHYVE("bhyve", "bhyve", "", ",;$`\"\\ ");

    private final String id;
    private final String title;
    private final String romDirectory;

    /// What the name of a ROM cannot contain, since there is no way to quote it.
    private final String forbidden;

    Hypervisor(String id, String title, String romDirectory, String forbidden) {
        this.id = id;
        this.title = title;
        this.romDirectory = romDirectory;
        this.forbidden = forbidden;
    }

    /// The word that users write.
    public String id() {
        return id;
    }

    /// The name in sentences.
    public String title() {
        return title;
    }

    /// Where it looks for a ROM, with a slash at the end; empty for anywhere.
    public String romDirectory() {
        return romDirectory;
    }

    /// What is wrong with the name of a ROM, empty when nothing is.
    String nameProblem(String file) {
        for (int i = 0; i < file.length(); i++) {
            char c = file.charAt(i);
            if (Character.isISOControl(c) || forbidden.indexOf(c) >= 0) {
                return "%s cannot be told the name of the ROM, which contains %s: rename it"
                        .formatted(
                                title,
                                Character.isISOControl(c) ? "a control character" : "'" + c + "'");
            }
        }
        return "";
    }

    /// The path under which it finds a ROM that is now in `file`.
    public String romPath(String file) {
        return romDirectory.isEmpty()
                ? file
                : romDirectory + file.substring(file.lastIndexOf('/') + 1);
    }

    /// Whether a guest keeps an emulated display beside the IGD: only where it is not in the slot
    /// of the IGD, and the console of the hypervisor depends on it.
    boolean keepsDisplay(GuestMachine machine) {
        return this == PROXMOX && machine == GuestMachine.Q35;
    }

    /// Whether it starts QEMU.
    public boolean isQemu() {
        return this != BHYVE;
    }
}
