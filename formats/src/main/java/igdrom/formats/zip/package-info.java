/// ZIP archives of a few small files.
///
/// Spec: PKWARE, APPNOTE.TXT 6.3.10.
///
/// ```java
/// ZipArchive zip = ZipArchive.read(file, Location.root("out.zip"), 1 << 20);
/// Image text = zip.files().getFirst().contents();
/// ```
///
/// Not supported: encryption, ZIP64, archives of several parts, methods other than stored and
/// deflated; the contents are in memory, and nothing is written to a file system.
@NullMarked
package igdrom.formats.zip;

import org.jspecify.annotations.NullMarked;
