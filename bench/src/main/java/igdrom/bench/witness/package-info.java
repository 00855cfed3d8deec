/// The reports of the witness, our EFI program inside the guest (`witness/witness.c`), which writes
/// them to a debug port.
///
/// The guest is not trusted: any program in it could write to that port. Enter at
/// [WitnessStream][igdrom.bench.witness.WitnessStream], or at
/// [Witness][igdrom.bench.witness.Witness] with the bytes of one report.
///
/// ```java
/// Optional<Witness> report = new WitnessStream(port).next();
/// boolean installed = report.isPresent() && !report.get().policies().isEmpty();
/// ```
@NullMarked
package igdrom.bench.witness;

import org.jspecify.annotations.NullMarked;
