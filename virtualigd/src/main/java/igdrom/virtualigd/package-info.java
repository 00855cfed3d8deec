/// An Intel integrated GPU as a state machine: config space, registers, page table, interrupts,
/// monitor, and the picture on it. With it comes the LPC bridge from which a GOP derives the PCH.
///
/// Spec: Intel Open Source Graphics Programmer's Reference Manuals, one set per generation; PCI
/// Local Bus 3.0 and PCI Express Base for config space. Each register and each interrupt is a row
/// of `registers.tsv`, `config.tsv` or `interrupts.tsv` with its own source.
///
/// Enter at [IgdModel][igdrom.virtualigd.IgdModel], which describes a device, and
/// [VirtualIgd][igdrom.virtualigd.VirtualIgd], the device itself. Nothing here knows a socket, a
/// thread or a clock: an operation that a guest starts is complete when the guest checks.
///
/// ```java
/// Memory aperture = Memory.ofSize(256 << 20);
/// VirtualIgd igd = new VirtualIgd(IgdModel.of(PciId.of("8086:3e92")), aperture);
/// igd.handle(new RegionWrite(0xfc, VirtualIgd.CONFIG, Image.ofHex("0000f07e")));
/// long opRegion = igd.asls();
/// Optional<Picture> picture = igd.picture(null);
/// ```
///
/// Not supported: rendering, engines, interrupts other than vertical blanks, and power management
/// beyond its acknowledgements and D3hot. A register without a row keeps the value written to it,
/// and [Activity][igdrom.virtualigd.Activity] lists it as unknown.
@NullMarked
package igdrom.virtualigd;

import org.jspecify.annotations.NullMarked;
