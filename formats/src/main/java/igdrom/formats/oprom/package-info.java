/// PCI expansion ROMs, as they stand behind a ROM BAR, in a file for `romfile=` or inside firmware:
/// legacy VGA BIOSes and UEFI drivers, one image behind the other.
///
/// Spec: PCI Firmware 3.3, "PCI Expansion ROM Contents" (data structures of revision 0, PCI 2.x,
/// and revision 3, PCI 3.0); UEFI 2.11, "PCI Option ROMs". Enter at
/// [OptionRom][igdrom.formats.oprom.OptionRom], make one with
/// [RomBuilder][igdrom.formats.oprom.RomBuilder].
///
/// Not here: unpacking of compressed UEFI images (that is `formats.compress`), ISA ROMs without a
/// PCI data structure, the inside of code types other than x86 and UEFI, configuration utility and
/// DMTF CLP code.
@NullMarked
package igdrom.formats.oprom;

import org.jspecify.annotations.NullMarked;
