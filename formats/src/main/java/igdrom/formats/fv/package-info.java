/// Firmware volumes, their files and the sections of those files.
///
/// Spec: UEFI Platform Initialization 1.9, volume 3, "Firmware Storage Code Definitions". Start
/// with [Volume][igdrom.formats.fv.Volume]; [Section][igdrom.formats.fv.Section] reads the content
/// of a file:
///
/// ```java
/// Volume volume = Volume.read(image, Location.root("bios.fv"), diagnostics);
/// for (VolumePart part : volume.parts()) {
///     if (part instanceof FfsFile file && file.type().sectioned()) {
///         Section.readAll(file.body(), 0, location, diagnostics);
///     }
/// }
/// ```
///
/// File systems 1 (with file tails), 2 and 3 (with files and sections of 16 MiB and more) are read.
/// The body of a volume with another file system is kept as one gap. All bytes are kept, padding
/// and damage included, so that writing a volume restores it.
///
/// Not supported: decompression, which is in `igdrom.formats.compress`.
@NullMarked
package igdrom.formats.fv;

import org.jspecify.annotations.NullMarked;
