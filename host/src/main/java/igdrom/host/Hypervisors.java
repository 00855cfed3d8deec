package igdrom.host;

import java.util.List;
import java.util.Optional;

/// Versions of the hypervisors on a host.
///
/// @param qemu such as `10.0.13`; empty where it is not installed
/// @param qemuIgd names in QEMU's program that its support for Intel's graphics has, such as
///   `x-igd-opregion` and `etc/igd-opregion`; empty where QEMU is not installed
/// @param libvirt such as `11.3.0`
/// @param proxmox of pve-manager, such as `9.0.3`
/// @param ovmf paths of the images of OVMF's code, such as `/usr/share/OVMF/OVMF_CODE_4M.fd`
public record Hypervisors(
        Fact<Optional<String>> qemu,
        Fact<List<String>> qemuIgd,
        Fact<Optional<String>> libvirt,
        Fact<Optional<String>> proxmox,
        Fact<List<String>> ovmf) {
    /// Nothing is known.
    public static Hypervisors unknown(String source, String reason) {
        return new Hypervisors(
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason));
    }

    /// A copy with the QEMU that will run a guest, wherever it is installed.
    Hypervisors withQemu(String version, String source) {
        return new Hypervisors(
                new Fact.Known<>(Optional.of(version), source),
                new Fact.Unknown<>(source, "not looked at"),
                libvirt,
                proxmox,
                ovmf);
    }

    /// These facts, and the other ones where these are unknown.
    Hypervisors or(Hypervisors other) {
        return new Hypervisors(
                qemu.or(other.qemu),
                qemuIgd.or(other.qemuIgd),
                libvirt.or(other.libvirt),
                proxmox.or(other.proxmox),
                ovmf.or(other.ovmf));
    }
}
