package igdrom.bench.judge;

import igdrom.bench.witness.Witness;
import igdrom.bytes.Image;
import igdrom.virtualigd.Activity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was observed in one run.
///
/// @param looks one for each start of the guest
/// @param picture what the screen showed at the end, null when it was off
/// @param ending why the run ended early, for messages; empty when it did not
/// @param gop what a GOP without a picture was doing, for messages; empty when unknown
public record Observations(List<Look> looks, @Nullable Picture picture, String ending, String gop) {
    public Observations {
        looks = List.copyOf(looks);
    }

    /// The guest after its drivers ran.
    ///
    /// @param gpus in the order of the expected ones
    /// @param vbt the memory to which the first policy points, empty when that cannot be read
    /// @param afterExit the same after ExitBootServices; null when the guest did not get that far
    public record Look(
            Witness witness, List<Gpu> gpus, Optional<Image> vbt, @Nullable Look afterExit) {
        public Look {
            gpus = List.copyOf(gpus);
        }

        /// This look and the one after ExitBootServices.
        public Look with(Look second) {
            return new Look(witness, gpus, vbt, second);
        }
    }

    /// One graphics device, as the host sees it.
    ///
    /// @param asls the register of the device
    /// @param bdsm the register of the device
    /// @param opRegion the guest's memory at ASLS, of the expected size; empty when it cannot be
    ///   read
    /// @param stolen the guest's memory at BDSM
    /// @param notMemory why the range at BDSM is not the guest's memory; empty when it is
    /// @param writes to the device since the firmware read the ROM
    /// @param display what the host's firmware put into the display and is still there
    public record Gpu(
            long asls,
            long bdsm,
            Optional<Image> opRegion,
            Stolen stolen,
            String notMemory,
            List<Activity.Entry> writes,
            DisplayState display) {
        public Gpu {
            writes = List.copyOf(writes);
        }
    }

    /// The display as its registers show it.
    ///
    /// @param foreign how many page table entries do not lead to stolen memory, among the first
    ///   ones, one for each page of it
    /// @param unrequested the slices of the display buffer with power that nobody requests
    public record DisplayState(long foreign, List<String> unrequested) {
        /// Nothing is left.
        public static final DisplayState CLEAR = new DisplayState(0, List.of());

        public DisplayState {
            unrequested = List.copyOf(unrequested);
        }
    }

    /// The contents of stolen memory.
    public sealed interface Stolen {
        /// It was not read.
        record Unread(String why) implements Stolen {}

        /// All zeros.
        record Zeros() implements Stolen {}

        /// A byte other than 0.
        ///
        /// @param offset of the first one
        /// @param untouched whether the memory still has the fill pattern from before the start
        record Filled(long offset, boolean untouched) implements Stolen {}
    }

    /// A picture on the screen.
    ///
    /// @param colours how many different colours; counting stops at a limit
    /// @param pages the addresses of the guest's memory that it is read from, by the page table, -1
    ///   for an invalid entry; empty when the device has memory of its own
    public record Picture(int width, int height, int colours, List<Long> pages) {
        public Picture {
            pages = List.copyOf(pages);
        }
    }
}
