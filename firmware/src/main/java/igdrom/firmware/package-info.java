/// What a firmware image holds. [FirmwareReader][igdrom.firmware.FirmwareReader] opens whatever it
/// knows, packed or damaged, and returns [Contents][igdrom.firmware.Contents]: the GOP drivers,
/// VBTs and VGA BIOSes found, the tree they were found in, and what was odd on the way.
///
/// Structures are followed where they are sound, and looked for by signature where they are not: in
/// free space, in data of unknown kind, behind damage, at any offset.
///
/// Limits: 512 MiB unpacked, 8 GiB searched and 200,000 nodes per image, 64 levels. Not opened:
/// archives, encrypted containers, and vendors' ones without a signature known here.
@NullMarked
package igdrom.firmware;

import org.jspecify.annotations.NullMarked;
