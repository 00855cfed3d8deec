/// Updates for Intel BIOS Guard (PFAT): blocks of flash, each behind a header and a script.
///
/// [Block][igdrom.formats.biosguard.Block] is Intel's and also stands in Dell's packages;
/// [PfatPackage][igdrom.formats.biosguard.PfatPackage] is AMI's file of such blocks, found by its
/// `_AMIPFAT`. Signatures are kept, not checked; scripts are kept, not run.
///
/// Source: platomav/BIOSUtilities 70c3a08, biosutilities/ami_pfat_extract.py. No specification is
/// public, and no update of a vendor was at hand: tried on what the emitter here makes.
@NullMarked
package igdrom.formats.biosguard;

import org.jspecify.annotations.NullMarked;
