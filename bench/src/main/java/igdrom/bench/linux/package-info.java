/// What a Linux kernel makes of the device: an initramfs that loads i915 and tells what it found,
/// and the judging of that.
///
/// Spec: Linux, Documentation/driver-api/early-userspace/buffer-format.rst for the initramfs. Enter
/// at [Initramfs][igdrom.bench.linux.Initramfs] and [LinuxJudge][igdrom.bench.linux.LinuxJudge].
@NullMarked
package igdrom.bench.linux;

import org.jspecify.annotations.NullMarked;
