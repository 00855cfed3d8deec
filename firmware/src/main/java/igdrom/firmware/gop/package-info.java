/// Intel's UEFI graphics drivers (GOP), identified by their content: texts, the policy protocol's
/// GUID, the table of device ids, the version.
///
/// None of this is specified; each rule names the drivers it was observed on. Enter at
/// [Gop#examine][igdrom.firmware.gop.Gop]:
///
/// ```java
/// Diagnostics diagnostics = new Diagnostics();
/// Optional<Gop> gop = Gop.examine(program, Location.root("gop.efi"), diagnostics);
/// Support support = gop.orElseThrow().support(PciId.of("8086:46d1"));
/// String reason = support.reason(); // 21.0.1066 lists 46d1
/// ```
///
/// Not supported: legacy VGA BIOSes, GOPs of other vendors.
@NullMarked
package igdrom.firmware.gop;

import org.jspecify.annotations.NullMarked;
