/// Firmware volumes, the files in them and the sections in those.
///
/// Spec: UEFI Platform Initialization 1.9, volume 3, "Firmware Storage Code Definitions". Enter at
/// [Volume][igdrom.formats.fv.Volume]; [Section][igdrom.formats.fv.Section] reads what is in a
/// file. File systems 1 (with file tails), 2 and 3 (files and sections of 16 MiB and more) are
/// read; a volume with another file system is kept as one body.
///
/// Every part is kept, padding and damage included, so that writing what was read gives the same
/// bytes. What a section has packed is not unpacked here.
@NullMarked
package igdrom.formats.fv;

import org.jspecify.annotations.NullMarked;
