package igdrom.bench.judge;

import igdrom.bench.witness.Witness;
import igdrom.bytes.Image;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was seen in one run.
///
/// @param looks one for each time that the guest came up
/// @param picture what the screen showed in the end, null for nothing
/// @param ending why no more was seen than that, in words
/// @param gop where a GOP stands that shows nothing, in words; empty when nobody asked
public record Observations(List<Look> looks, @Nullable Picture picture, String ending, String gop) {
    public Observations {
        looks = List.copyOf(looks);
    }

    /// What there was when the guest's drivers had run.
    ///
    /// @param gpus in the order of the expected ones
    /// @param vbt what is where the first policy says, empty when that is nowhere
    public record Look(Witness witness, List<Gpu> gpus, Optional<Image> vbt) {
        public Look {
            gpus = List.copyOf(gpus);
        }
    }

    /// One graphics device, seen from outside.
    ///
    /// @param asls what the device holds
    /// @param bdsm what the device holds
    /// @param opRegion the guest's memory at ASLS, as much as was expected there; empty when it
    ///   could not be read
    /// @param stolen the guest's memory at BDSM
    public record Gpu(long asls, long bdsm, Optional<Image> opRegion, Stolen stolen) {}

    /// What is in stolen memory.
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
    /// @param colours how many different ones, counted up to some bound
    public record Picture(int width, int height, int colours) {}
}
