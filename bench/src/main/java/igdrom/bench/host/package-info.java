/// The real device of a real host: lends an IGD to a guest, and gives it back.
///
/// Enter at [igdrom.bench.host.DeviceBinding], which lets vfio-pci take the device and restores
/// what was there before, and at [igdrom.bench.host.OfferedRegions], which reads what the kernel
/// offers to a hypervisor.
///
/// Spec: Linux, Documentation/ABI/testing/sysfs-bus-pci; Documentation/driver-api/vfio.rst.
///
/// Not supported: iommufd without the group interface, devices that share their group, FreeBSD.
@NullMarked
package igdrom.bench.host;

import org.jspecify.annotations.NullMarked;
