/// CBFS, the archive of files in a coreboot image. Unlike everything else here it is big endian.
///
/// Spec: coreboot Documentation, "CBFS" (`cbfs_serialized.h`). A file stands on its own, so that
/// each is found by its signature and the master header is not needed. Enter at
/// [CbfsFile][igdrom.formats.cbfs.CbfsFile]; a payload's segments are
/// [PayloadSegment][igdrom.formats.cbfs.PayloadSegment]. Hashes and placement attributes are kept,
/// not decoded.
@NullMarked
package igdrom.formats.cbfs;

import org.jspecify.annotations.NullMarked;
