/// The files of a bug report: which they are, and what is removed from them.
///
/// Everything that leaves the machine of a user goes through
/// [Bundle#of][igdrom.report.bundle.Bundle#of]: no other class decides what is in the archive.
///
/// ```java
/// Bundle bundle = Bundle.of(contents, new JacksonFormat(), wording);
/// List<Bundle.Entry> files = bundle.entries();
/// ```
///
/// Never in it: code of Intel or of a vendor, whether GOP, VGA BIOS or firmware; the OpRegion and
/// VBTs only when the user asks for them.
@NullMarked
package igdrom.report.bundle;

import org.jspecify.annotations.NullMarked;
