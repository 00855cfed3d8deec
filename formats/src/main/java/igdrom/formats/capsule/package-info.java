/// Capsules: what firmware updates are wrapped in.
///
/// Spec: UEFI 2.11, "EFI_CAPSULE_HEADER", "EFI_FIRMWARE_MANAGEMENT_CAPSULE_HEADER". Vendors' GUIDs
/// and headers are Source: UEFITool (LongSoft/UEFITool, common/ffs.h). Enter at
/// [Capsule][igdrom.formats.capsule.Capsule]; the body of an FMP capsule is an
/// [FmpBody][igdrom.formats.capsule.FmpBody] of drivers and
/// [FmpPayload][igdrom.formats.capsule.FmpPayload]s. Signatures are kept, not checked.
@NullMarked
package igdrom.formats.capsule;

import org.jspecify.annotations.NullMarked;
