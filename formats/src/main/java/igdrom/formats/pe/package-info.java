/// Executables of firmware: PE32, PE32+ and TE images with their headers and sections.
///
/// Spec: Microsoft PE and COFF Specification 11.0; for TE, PI 1.9 Volume 1, "TE Image".
///
/// [Executable#read][igdrom.formats.pe.Executable] reads any of them, and its `loadProblem` gives
/// the reason why a UEFI loader would refuse it. [PeImage#of][igdrom.formats.pe.PeImage] makes a
/// new one:
///
/// ```java
/// Image code = Image.ofHex("31c0c3"); // xor eax, eax; ret
/// PeImage driver =
///         PeImage.of(Machine.X64, Subsystem.BOOT_SERVICE_DRIVER, 0, List.of(NewSection.text(code)));
/// Location location = Location.root("driver.efi");
/// Executable read = Executable.read(driver.raw(), location, new Diagnostics());
/// boolean loads = read.loadProblem().isEmpty();
/// ```
///
/// Not supported: images without an MS-DOS header, symbol tables, and the tables of the data
/// directories, except base relocations and debug data, which a loader reads.
@NullMarked
package igdrom.formats.pe;

import org.jspecify.annotations.NullMarked;
