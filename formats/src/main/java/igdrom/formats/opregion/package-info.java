/// The IGD OpRegion: memory that firmware and graphics driver share, with the VBT in it or behind
/// it. The device's ASLS register (config 0xFC) holds its address.
///
/// Source: Linux, drivers/gpu/drm/i915/display/intel_opregion.c (read as of 2024), which names the
/// fields after Intel's specification and decides where the VBT is; drivers/vfio/pci/vfio_pci_igd.c
/// for what the kernel hands out. Enter at [OpRegion][igdrom.formats.opregion.OpRegion]; make one
/// with [OpRegionBuilder][igdrom.formats.opregion.OpRegionBuilder].
///
/// Not here: software SCI functions, the lists of display ids beyond their numbers, backlight
/// levels of version 3 in mailbox 2.
@NullMarked
package igdrom.formats.opregion;

import org.jspecify.annotations.NullMarked;
