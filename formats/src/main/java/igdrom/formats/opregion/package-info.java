/// The IGD OpRegion: memory that firmware and graphics driver share, with the VBT in it or behind
/// it. The device's ASLS register (config 0xFC) holds its address.
///
/// Spec: Intel "IGD OpRegion/Software SCI for Broadwell" 0.7 for versions 2.0; what is newer is
/// only in code. Source: Linux, drivers/gpu/drm/i915/display/intel_opregion.c (v6.19) and
/// drivers/vfio/pci/vfio_pci_igd.c. Enter at [OpRegion][igdrom.formats.opregion.OpRegion]; make one
/// with [OpRegionBuilder][igdrom.formats.opregion.OpRegionBuilder].
///
/// Not here: software SCI functions, the lists of display ids beyond their numbers, backlight
/// levels of version 3 in mailbox 2.
@NullMarked
package igdrom.formats.opregion;

import org.jspecify.annotations.NullMarked;
