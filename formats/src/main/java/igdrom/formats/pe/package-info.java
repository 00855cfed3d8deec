/// Executables of firmware: PE32, PE32+ and TE, their headers, sections and extent.
///
/// Spec: Microsoft PE and COFF Specification 11.0; for TE, PI 1.9 Volume 1, "TE Image". Enter at
/// [Executable][igdrom.formats.pe.Executable]; new ones are made with
/// [PeImage#of][igdrom.formats.pe.PeImage].
///
/// Not here: images without an MS-DOS header, symbol tables, what the data directories point at
/// (but for base relocations and debug data, as far as a loader minds them).
@NullMarked
package igdrom.formats.pe;

import org.jspecify.annotations.NullMarked;
