/// An Intel integrated GPU as a state machine: config space, registers, page table, monitor, and
/// the picture that all of them make. Beside it the LPC bridge that a GOP asks for the PCH.
///
/// Spec: Intel Open Source Graphics Programmer's Reference Manuals, one set per generation; PCI
/// Local Bus 3.0 and PCI Express Base for config space. Each register is a row of `registers.tsv`
/// or `config.tsv` with its own source.
///
/// Enter at [IgdModel][igdrom.virtualigd.IgdModel], which says what device it is, and
/// [VirtualIgd][igdrom.virtualigd.VirtualIgd], which is it. Nothing here knows a socket, a thread
/// or a clock; what a guest waits for has happened when it looks.
///
/// Not here: rendering, engines, interrupts, power management that does anything. A register
/// without a row keeps what was written to it, and [Activity][igdrom.virtualigd.Activity] says so.
@NullMarked
package igdrom.virtualigd;

import org.jspecify.annotations.NullMarked;
