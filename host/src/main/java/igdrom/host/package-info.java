/// Facts of a machine with an IGD, each with its source; never an opinion.
///
/// One class for each subject of the kernel: `PciDevices` (sysfs), `DisplayDebugFiles` (debugfs),
/// `PhysicalMemory` (`/dev/mem`), `Iomem` (procfs). [HostReader] reads them all into a [Snapshot],
/// [SnapshotJson] keeps that as a file, which docs/snapshot.md describes.
///
/// ```java
/// Snapshot host = new HostReader(new HostRoot(Path.of("/"))).read("example");
/// String device = host.igd().id().value().map(PciId::toString).orElse("unknown");
/// String text = SnapshotJson.print(host, format); // a JsonFormat
/// ```
///
/// Not here yet: memory and IOMMU of the host, the driver that has the device, displays, the
/// hypervisor.
@NullMarked
package igdrom.host;

import org.jspecify.annotations.NullMarked;
