/// How a GOP learns which PCH it runs with, and the edit that gives it a fixed answer.
///
/// A GOP reads the device id of the LPC (eSPI) bridge at 00:1f.0, and does nothing when it does not
/// know the id. QEMU's machine q35 has another bridge there. [LpcRead][igdrom.firmware.lpc.LpcRead]
/// describes where and how a GOP reads the id; [LpcEdit][igdrom.firmware.lpc.LpcEdit] replaces the
/// read by the id of the owner's bridge:
///
/// ```java
/// Executable gop = Executable.read(image, Location.root("gop.efi"), new Diagnostics());
/// if (LpcRead.of(gop) instanceof LpcRead.Site site && site.edited().isEmpty()) {
///     Image edited = LpcEdit.edit(gop, PciId.of("8086:3482")).edited();
/// }
/// ```
///
/// Observed: 27 drivers from Sandy Bridge to Meteor Lake. Not supported: IA32 drivers.
@NullMarked
package igdrom.firmware.lpc;

import org.jspecify.annotations.NullMarked;
