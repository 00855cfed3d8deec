/// What is so on a machine with an IGD, and who says so; never what to think of it.
/// [Snapshot#of][igdrom.host.Snapshot#of] asks the machine,
/// [SnapshotJson][igdrom.host.SnapshotJson] writes and reads the answers, docs/snapshot.md
/// describes them.
///
/// Not here yet: memory and IOMMU of the host, what holds the device, displays, the hypervisor.
@NullMarked
package igdrom.host;

import org.jspecify.annotations.NullMarked;
