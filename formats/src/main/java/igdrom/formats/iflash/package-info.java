/// Update files of Insyde: records that start with `$_IFLASH`, within a program or on their own.
///
/// Every record has a signature, so that records are found independently of each other. Start with
/// [IflashRecord][igdrom.formats.iflash.IflashRecord]:
///
/// ```java
/// if (IflashRecord.looksLikeRecord(image, offset)) {
///     IflashRecord record = IflashRecord.read(image.from(offset), location, diagnostics);
///     System.out.println(record.name() + " " + record.data().size());
/// }
/// ```
///
/// Source: platomav/BIOSUtilities 70c3a08, biosutilities/insyde_ifd_extract.py. No public
/// specification exists. Tested with Insyde's H2OFFT, which contains its driver in a record, and
/// with records of our own, since no update of a vendor was available.
///
/// Not supported: installers made by iFdPacker, which are 7-Zip archives with a password.
@NullMarked
package igdrom.formats.iflash;

import org.jspecify.annotations.NullMarked;
