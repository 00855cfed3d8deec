/// Updates for Intel BIOS Guard (PFAT): blocks of flash, each with a header and a script.
///
/// [Block][igdrom.formats.biosguard.Block] is Intel's format, which Dell's packages contain too.
/// [PfatPackage][igdrom.formats.biosguard.PfatPackage] is AMI's package of such blocks, with the
/// signature `_AMIPFAT`:
///
/// ```java
/// PfatPackage pfat = PfatPackage.read(image, location, diagnostics);
/// for (PfatPart part : pfat.parts()) {
///     System.out.println(part.name() + " " + Image.join(part.data()).size());
/// }
/// ```
///
/// Source: platomav/BIOSUtilities 70c3a08, biosutilities/ami_pfat_extract.py. No public
/// specification exists. Tested only with packages of our own emitter, since no update of a vendor
/// was available.
///
/// Not supported: verification of signatures and execution of scripts, which are kept as bytes.
@NullMarked
package igdrom.formats.biosguard;

import org.jspecify.annotations.NullMarked;
