/// Proves a ROM: boots it in QEMU and OVMF on the virtual IGD, and judges what the guest really
/// has.
///
/// What a ROM's own driver says proves nothing: a small program of ours, the witness, runs in the
/// guest after the drivers and reports what is there.
///
/// Not proved here: QEMU's own quirks for a passed-through IGD (the bench plays their part), real
/// silicon, Windows' driver.
@NullMarked
package igdrom.bench;

import org.jspecify.annotations.NullMarked;
