/// PCI expansion ROMs, as read through a ROM BAR, in a file for QEMU's `romfile=` and inside
/// firmware: a sequence of images, such as legacy VGA BIOSes and UEFI drivers.
///
/// Spec: PCI Firmware 3.3, "PCI Expansion ROM Contents" (data structures of revision 0, PCI 2.x,
/// and revision 3, PCI 3.0); UEFI 2.11, "PCI Option ROMs".
///
/// [OptionRom][igdrom.formats.oprom.OptionRom] reads and writes a ROM,
/// [RomBuilder][igdrom.formats.oprom.RomBuilder] makes images:
///
/// ```java
/// RomBuilder builder = new RomBuilder(PciId.of("8086:46d4"), RomBuilder.VGA, List.of());
/// Image driver = Image.load(Path.of("igdrom.efi"));
/// RomImage image = builder.efi(11, 0x8664, RomHeader.Efi.UNCOMPRESSED, driver);
/// Image rom = OptionRom.of(List.of(image)).image();
/// OptionRom read = OptionRom.read(rom, Location.root("igd.rom"), new Diagnostics());
/// ```
///
/// Not supported: decompressing UEFI images (see `formats.compress`), ISA ROMs without a PCI data
/// structure, the payload of code types other than x86 and UEFI, configuration utility and DMTF CLP
/// code.
@NullMarked
package igdrom.formats.oprom;

import org.jspecify.annotations.NullMarked;
