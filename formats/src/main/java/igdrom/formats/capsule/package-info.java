/// Capsules: the containers of firmware updates.
///
/// Spec: UEFI 2.11, "EFI_CAPSULE_HEADER", "EFI_FIRMWARE_MANAGEMENT_CAPSULE_HEADER". Source for the
/// GUIDs and headers of vendors: UEFITool (LongSoft/UEFITool, common/ffs.h).
///
/// Start with [Capsule][igdrom.formats.capsule.Capsule]. The body of an FMP capsule is an
/// [FmpBody][igdrom.formats.capsule.FmpBody] of drivers and
/// [FmpPayload][igdrom.formats.capsule.FmpPayload]s:
///
/// ```java
/// Capsule capsule = Capsule.read(image, location, diagnostics);
/// if (capsule.kind() == CapsuleKind.FMP) {
///     FmpBody body = FmpBody.read(capsule.body(), location, diagnostics);
///     body.items().forEach(item -> System.out.println(item.number() + " " + item.raw().size()));
/// }
/// ```
///
/// Not supported: verification of signatures, which are kept as bytes.
@NullMarked
package igdrom.formats.capsule;

import org.jspecify.annotations.NullMarked;
