/// Option ROMs with igdrom's driver: building and checking them.
///
/// Enter at [RomParts][igdrom.rom.RomParts] to build a ROM from a plan,
/// [RomChecks][igdrom.rom.RomChecks] to check one, and [RomEdits][igdrom.rom.RomEdits] to get the
/// original of an edited GOP back.
///
/// ```java
/// Image rom = RomParts.of(plan, Driver.bundled()).image();
/// for (Check check : RomChecks.of(rom, "igd.rom", Optional.of(plan.device())).checks()) {
///     out.println(check.verdict() + " " + check.subject() + ": " + check.message());
/// }
/// ```
///
/// Spec: PCI Firmware 3.3, "PCI Expansion ROM"; UEFI 2.11, "PCI Option ROMs"; docs/driver-data.md
/// for the driver's data.
///
/// Not supported: signing a ROM, images for architectures other than x64.
@NullMarked
package igdrom.rom;

import org.jspecify.annotations.NullMarked;
