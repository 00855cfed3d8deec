package igdrom.bench.judge;

import igdrom.bench.witness.Witness;
import igdrom.bytes.Image;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// The observations of one run.
///
/// @param looks one for each boot of the guest
/// @param picture on the screen at the end, null when the screen was off
/// @param ending why there are no further looks, for messages
/// @param gop where a GOP that shows nothing waits, for messages; empty when not examined
public record Observations(List<Look> looks, @Nullable Picture picture, String ending, String gop) {
    public Observations {
        looks = List.copyOf(looks);
    }

    /// The state of the guest after its drivers ran.
    ///
    /// @param gpus in the order of the expectation
    /// @param vbt the guest's memory at the address that the first policy returns, empty when it
    ///   returns none
    public record Look(Witness witness, List<Gpu> gpus, Optional<Image> vbt) {
        public Look {
            gpus = List.copyOf(gpus);
        }
    }

    /// One graphics device, seen from outside.
    ///
    /// @param asls the value of the register in the device
    /// @param bdsm the value of the register in the device
    /// @param opRegion the guest's memory at ASLS, as much as was expected there; empty when it
    ///   could not be read
    /// @param stolen the guest's memory at BDSM
    public record Gpu(long asls, long bdsm, Optional<Image> opRegion, Stolen stolen) {}

    /// The contents of stolen memory.
    public sealed interface Stolen {
        /// It was not read.
        record Unread(String why) implements Stolen {}

        /// Nothing but zeros.
        record Zeros() implements Stolen {}

        /// The first byte that is not 0.
        record Filled(long offset) implements Stolen {}
    }

    /// A picture on the screen.
    ///
    /// @param colours the number of different colours, counted up to a bound
    public record Picture(int width, int height, int colours) {}
}
