/// Option ROMs with igdrom's own driver in them. [RomParts][igdrom.rom.RomParts] makes one;
/// [Driver][igdrom.rom.Driver] is the compiled driver, [RomData][igdrom.rom.RomData] what it is
/// told about one system.
///
/// Spec: docs/driver-data.md for the formats of our own; UEFI 2.11, "PCI Option ROMs".
@NullMarked
package igdrom.rom;

import org.jspecify.annotations.NullMarked;
