/// PFS: Dell's update packages.
///
/// A Dell update is a program or a plain file that contains
/// [DellSection][igdrom.formats.pfs.DellSection]s. A section is a zlib stream of a
/// [PfsPackage][igdrom.formats.pfs.PfsPackage], whose entries are firmware, or sections and
/// packages again. If all entries of a package are BIOS Guard blocks, they form a single image,
/// which [Chunks][igdrom.formats.pfs.Chunks] assembles:
///
/// ```java
/// DellSection section = DellSection.read(image, location, diagnostics);
/// Image data = Codec.ZLIB.decompress(section.compressed(), location, 256 << 20).orThrow();
/// PfsPackage pfs = PfsPackage.read(data, location, diagnostics);
/// Optional<Chunks> chunks = Chunks.of(pfs, location, diagnostics);
/// ```
///
/// Source: platomav/BIOSUtilities 70c3a08, biosutilities/dell_pfs_extract.py;
/// LongSoft/PFSExtractor-RS 3689e4b, src/parser.rs. No public specification exists. Tested only
/// with packages of our own emitter, since no update of Dell was available.
///
/// Not supported: ThinOS packages (xz, tar and cabinet files around a package); verification of
/// signatures, which are kept as bytes.
@NullMarked
package igdrom.formats.pfs;

import org.jspecify.annotations.NullMarked;
