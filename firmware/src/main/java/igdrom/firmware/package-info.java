/// The content of a firmware image.
///
/// [FirmwareReader][igdrom.firmware.FirmwareReader] reads a file of any supported kind, compressed
/// or damaged, and returns [Contents][igdrom.firmware.Contents]: the GOP drivers, VBTs and VGA
/// BIOSes, the tree of parts they were found in, and the problems.
///
/// ```java
/// Contents contents = FirmwareReader.read(Image.load(Path.of("bios.bin")), "bios.bin");
/// for (Artifact.GopDriver gop : contents.gops()) {
///     GopVersion version = gop.gop().version();
///     Location location = gop.origin().location();
/// }
/// ```
///
/// Valid structures are followed. Free space, data of unknown type and what follows damage are
/// searched for signatures, at any offset.
///
/// A structure is one class that implements `Structure`, and one line in `Structures`: the search,
/// the choice of a reader and the kind of a file follow from that. Readers reach nested content
/// through `Context` only.
///
/// Limits per image: 512 MiB decompressed, 8 GiB searched, 200,000 parts, 64 levels. Not supported:
/// archives, encrypted containers, vendors' containers without a known signature.
@NullMarked
package igdrom.firmware;

import org.jspecify.annotations.NullMarked;
