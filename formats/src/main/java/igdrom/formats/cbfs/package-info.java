/// CBFS: the file system of coreboot images. Unlike the other formats, it is big endian.
///
/// Spec: coreboot Documentation, "CBFS" (`cbfs_serialized.h`). Every file has a signature, so that
/// files are found without the master header. Start with [CbfsFile][igdrom.formats.cbfs.CbfsFile];
/// the segments of a payload are [PayloadSegment][igdrom.formats.cbfs.PayloadSegment]s:
///
/// ```java
/// CbfsFile file = CbfsFile.read(image, location, diagnostics);
/// if (file.type() == CbfsFile.PAYLOAD) {
///     List<PayloadSegment> segments =
///             PayloadSegment.readAll(file.data(), location, diagnostics);
/// }
/// ```
///
/// Not supported: hash and placement attributes, which are kept as bytes.
@NullMarked
package igdrom.formats.cbfs;

import org.jspecify.annotations.NullMarked;
