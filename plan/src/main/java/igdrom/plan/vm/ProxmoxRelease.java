package igdrom.plan.vm;

import igdrom.knowledge.TsvTable;
import java.util.List;
import java.util.Optional;

/// A release of Proxmox VE: a row of `proxmox.tsv`.
///
/// @param qemu its version of QEMU; a later one in the same release does not change the rules
public record ProxmoxRelease(int major, ProgramVersion qemu) {
    private static final List<ProxmoxRelease> ROWS =
            TsvTable.load(
                            ProxmoxRelease.class,
                            "proxmox.tsv",
                            "release",
                            "qemu",
                            "source",
                            "checked")
                    .rows()
                    .stream()
                    .map(row -> new ProxmoxRelease(row.number(0), ProgramVersion.of(row.text(1))))
                    .toList();

    /// The release with this version of Proxmox VE, empty when it is not known.
    public static Optional<ProxmoxRelease> of(ProgramVersion version) {
        return ROWS.stream().filter(row -> row.major == version.major()).findFirst();
    }

    /// The newest known release.
    public static ProxmoxRelease newest() {
        return ROWS.getLast();
    }
}
