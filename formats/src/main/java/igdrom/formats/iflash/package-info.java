/// Insyde's update files: records that begin with `$_IFLASH`, in a program or one behind the other.
///
/// A record stands on its own, so that each is found by its signature. Enter at
/// [IflashRecord][igdrom.formats.iflash.IflashRecord].
///
/// Source: platomav/BIOSUtilities 70c3a08, biosutilities/insyde_ifd_extract.py. No specification is
/// public, and no update of a vendor was at hand: tried on Insyde's H2OFFT, which has its driver in
/// a record, and on what the emitter here makes. Not read: iFdPacker's installers, which are 7-Zip
/// archives with a password.
@NullMarked
package igdrom.formats.iflash;

import org.jspecify.annotations.NullMarked;
