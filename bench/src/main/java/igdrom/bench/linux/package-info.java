/// What a Linux kernel finds on the device: an initramfs that loads i915 and writes a report, and
/// the checks of that report. And a Linux kernel as the host of a guest that has the device.
///
/// Enter at [Initramfs][igdrom.bench.linux.Initramfs] and
/// [LinuxJudge][igdrom.bench.linux.LinuxJudge]:
///
/// ```java
/// Initramfs.write(kernel.busybox(), kernel.modules(), out);
/// // Boot with it; QEMU connects the second serial port to its standard output.
/// LinuxReport report = LinuxReport.read(output);
/// List<Check> checks = LinuxJudge.checks(expected, report, bdsm, "QEMU ended early");
/// ```
///
/// Spec: Linux, Documentation/driver-api/early-userspace/buffer-format.rst for the initramfs.
///
/// Not supported: modules compressed with anything but xz.
@NullMarked
package igdrom.bench.linux;

import org.jspecify.annotations.NullMarked;
