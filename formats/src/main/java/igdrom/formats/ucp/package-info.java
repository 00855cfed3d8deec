/// UCP: AMI's update packages, whose modules begin with `@`. HP's are of the same kind.
///
/// A [UcpPackage][igdrom.formats.ucp.UcpPackage] is found by `@UAF` or `@HPU` at its start, and
/// holds [UcpModule][igdrom.formats.ucp.UcpModule]s, packed by EFI 1.1 or Tiano or as they are:
/// `@ROM` and `@R00` are firmware.
///
/// Source: platomav/BIOSUtilities 70c3a08, biosutilities/ami_ucp_extract.py. No specification is
/// public, and no update of a vendor was at hand: tried on the labels of AMI's tools, and on what
/// the emitter here makes.
@NullMarked
package igdrom.formats.ucp;

import org.jspecify.annotations.NullMarked;
