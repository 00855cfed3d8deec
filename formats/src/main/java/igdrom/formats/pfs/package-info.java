/// PFS: Dell's update packages.
///
/// An update is a program or a plain file with [DellSection][igdrom.formats.pfs.DellSection]s in
/// it: zlib around a [PfsPackage][igdrom.formats.pfs.PfsPackage], whose entries hold firmware, or
/// sections and packages again. Where all entries of a package are BIOS Guard blocks, together they
/// are one image, in an order of their own: [Chunks][igdrom.formats.pfs.Chunks].
///
/// Source: platomav/BIOSUtilities 70c3a08, biosutilities/dell_pfs_extract.py;
/// LongSoft/PFSExtractor-RS 3689e4b, src/parser.rs. No specification is public, and no update of
/// Dell's was at hand: tried on what the emitter here makes. Not read: ThinOS packages (xz, tar and
/// cabinets around it). Signatures are kept, not checked.
@NullMarked
package igdrom.formats.pfs;

import org.jspecify.annotations.NullMarked;
