/// What the witness, our program inside the guest, wrote to its debug port.
///
/// The guest is not to be trusted: any program in it could have written this. Enter at
/// [WitnessStream][igdrom.bench.witness.WitnessStream], or at
/// [Witness][igdrom.bench.witness.Witness] with the bytes of one report.
@NullMarked
package igdrom.bench.witness;

import org.jspecify.annotations.NullMarked;
