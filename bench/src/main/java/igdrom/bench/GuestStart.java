package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Verdict;
import igdrom.bench.witness.Witness;
import igdrom.bytes.Image;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A way to start a guest that has the tested device.
interface GuestStart {
    /// The guest's memory.
    interface Memory {
        /// A copy of it; empty where it has none.
        Optional<Image> read(long address, int size);

        /// The first address in a range of it that is not 0, or the end of the range; empty where
        /// the guest has no memory.
        OptionalLong firstNonZero(long start, long size);
    }

    /// A started guest.
    ///
    /// @param log of the guest's drivers
    /// @param qemu whose standard output is the witness's port
    record Started(List<GpuServer> gpus, Memory memory, LogSocket log, QemuProcess qemu) {
        public Started {
            gpus = List.copyOf(gpus);
        }
    }

    /// ASLS and BDSM of a device, as the guest has them.
    record Registers(long asls, long bdsm) {}

    /// Starts the guest.
    ///
    /// @param scratch owns its files and devices
    /// @throws IOException when QEMU cannot be started or its files cannot be written
    Started start(Scratch scratch) throws IOException;

    /// Reads the registers.
    Registers registers(Expectation.Gpu gpu, GpuServer server, Witness witness);

    /// What the guest must have.
    Expectation expected();

    /// The processor time that the guest needs at most.
    Duration processorTime();

    /// The console of the emulated host; empty when the bench starts the guest itself.
    List<String> hostLines();

    /// What is happening now, for the user.
    String stage(Started started);

    /// The verdict on what was seen.
    Verdict verdict(Observations seen, Started started) throws IOException;
}
