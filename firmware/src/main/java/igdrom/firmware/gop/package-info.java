/// Intel's UEFI graphics drivers (GOP), told by what is in them: strings, the policy protocol's
/// GUID, the table of device ids, the version.
///
/// Nothing here is specified; each rule says on which drivers it was observed. Enter at
/// [Gop#examine][igdrom.firmware.gop.Gop].
///
/// Not here: legacy VGA BIOSes, GOPs of other vendors.
@NullMarked
package igdrom.firmware.gop;

import org.jspecify.annotations.NullMarked;
