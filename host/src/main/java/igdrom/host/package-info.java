/// Facts of a machine with an IGD, each with its source; never an opinion.
///
/// A [Snapshot] has one record for each subject: [PciFunctions], [Graphics], [Iommu],
/// [BootFirmware], [Vfio], [Kernel], [Machine], [Hypervisors]. `host.linux` fills it from a running
/// or recorded Linux, `host.text` from what people paste; [SnapshotJson] keeps it as a file, which
/// docs/snapshot.md describes. [Identifiers] takes out of texts what identifies a machine.
///
/// ```java
/// String device = host.igd().id().value().map(PciId::toString).orElse("unknown");
/// String text = SnapshotJson.print(host, format); // a JsonFormat
/// ```
///
/// Not here: what a fact means, which `plan` decides.
@NullMarked
package igdrom.host;

import org.jspecify.annotations.NullMarked;
