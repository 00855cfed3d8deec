/// The IGD OpRegion: memory that firmware and graphics driver share, with the VBT inside or after
/// it. The device's ASLS register (config 0xFC) holds its address.
///
/// Source: Linux, drivers/gpu/drm/i915/display/intel_opregion.c (read as of 2024), which names the
/// fields after Intel's specification and decides where the VBT is; drivers/vfio/pci/vfio_pci_igd.c
/// for the bytes that the kernel passes to a guest.
///
/// [OpRegion][igdrom.formats.opregion.OpRegion] reads one,
/// [OpRegionBuilder][igdrom.formats.opregion.OpRegionBuilder] makes one around a VBT:
///
/// ```java
/// Image vbt = Image.load(Path.of("board.vbt"));
/// Emitter out = new Emitter();
/// OpRegionBuilder.around(vbt).write(out);
/// OpRegion region =
///         OpRegion.read(out.toImage(), Location.root("opregion.bin"), new Diagnostics());
/// boolean inside = region.vbtExtent() != null && region.vbtExtent().inMailbox4();
/// ```
///
/// Not supported: software SCI functions, the meaning of the display ids, the backlight levels of
/// version 3 in mailbox 2.
@NullMarked
package igdrom.formats.opregion;

import org.jspecify.annotations.NullMarked;
