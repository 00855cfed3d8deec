/// UCP: update packages of AMI, whose modules have names that start with `@`. HP uses the same
/// format.
///
/// A [UcpPackage][igdrom.formats.ucp.UcpPackage] starts with `@UAF` or `@HPU`. It contains
/// [UcpModule][igdrom.formats.ucp.UcpModule]s, uncompressed or compressed with EFI 1.1 or Tiano.
/// The modules `@ROM` and `@R00` are firmware.
///
/// ```java
/// for (UcpModule module : UcpPackage.read(image, location, diagnostics).modules()) {
///     Image data =
///             module.isCompressed()
///                     ? Codec.decompressEfi(module.compressedData(), location, 64 << 20)
///                             .getFirst()
///                             .bytes()
///                     : module.data();
///     System.out.println(module.tag().latin1() + " " + data.size());
/// }
/// ```
///
/// Source: platomav/BIOSUtilities 70c3a08, biosutilities/ami_ucp_extract.py. No public
/// specification exists. Tested with the labels in AMI's tools and with packages of our own
/// emitter, since no update of a vendor was available.
@NullMarked
package igdrom.formats.ucp;

import org.jspecify.annotations.NullMarked;
