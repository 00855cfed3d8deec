package igdrom.bench.judge;

import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.PciAddress;
import igdrom.bench.witness.Witness;
import igdrom.bench.witness.Witness.PciFunction;
import igdrom.bytes.Image;
import java.util.Optional;

/// Whether the guest reads from a config space what the device holds.
record ConfigCheck(PciAddress location, Optional<PciFunction> function) {
    static ConfigCheck of(Witness witness, PciAddress location) {
        return new ConfigCheck(location, witness.function(location));
    }

    /// @param bits 32 or 64
    /// @param held the value of the register in the device
    Check shows(String id, String register, int offset, int bits, long held) {
        if (function.isEmpty()) {
            return new Check(id, false, "the firmware found no device at " + location);
        }
        Image config = function.get().config();
        long shown = bits == 64 ? config.u64(offset) : config.u32(offset);
        return new Check(
                id,
                shown == held,
                shown == held
                        ? "%s is 0x%x".formatted(register, held)
                        : "the guest reads 0x%x in %s, the device holds 0x%x"
                                .formatted(shown, register, held));
    }
}
