package igdrom.plan.vm;

import org.jspecify.annotations.Nullable;

/// Versions of what runs a virtual machine; null where they are not known.
public record Versions(
        @Nullable ProgramVersion qemu,
        @Nullable ProgramVersion libvirt,
        @Nullable ProgramVersion proxmox) {
    public static final Versions UNKNOWN = new Versions(null, null, null);

    /// These versions, and the other ones where these are not known.
    public Versions or(Versions other) {
        return new Versions(
                qemu == null ? other.qemu : qemu,
                libvirt == null ? other.libvirt : libvirt,
                proxmox == null ? other.proxmox : proxmox);
    }
}
