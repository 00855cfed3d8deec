/// Proves a ROM: boots it in QEMU and OVMF on the virtual IGD, and judges what the guest has in the
/// end.
///
/// Enter at [igdrom.bench.Bench]:
///
/// ```java
/// RomContents rom = RomContents.read(Image.load(path), Location.root("igd.rom"));
/// TestMachine machine = MachineChoice.of(TestRequest.of(rom));
/// Tools tools = Tools.find(Environment.ofMachine());
/// Emulator emulator = new Emulator(tools.qemu().orElseThrow(), tools.ovmf().orElseThrow());
/// Outcome outcome = Bench.run(machine, emulator, 120);
/// boolean passed = outcome.verdict().passed();
/// ```
///
/// The report of a ROM's own driver proves nothing. A program of ours, the witness, runs in the
/// guest after the drivers, reports what it finds and waits while the bench reads the guest's
/// memory.
///
/// Not proved here: QEMU's quirks for a passed-through IGD, whose part the bench plays; real
/// silicon; Windows' driver.
@NullMarked
package igdrom.bench;

import org.jspecify.annotations.NullMarked;
