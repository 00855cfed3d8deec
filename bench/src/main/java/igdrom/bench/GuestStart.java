package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Verdict;
import igdrom.bench.judge.Verdict.Interruption;
import igdrom.bench.witness.Witness;
import igdrom.bytes.Image;
import igdrom.formats.opregion.OpRegion;
import igdrom.knowledge.Platform;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A way to start a guest that has the tested device.
interface GuestStart {
    /// The guest's memory.
    interface Memory {
        /// A copy of it; empty where it has none.
        Optional<Image> read(long address, int size);

        /// The first address in a range of it that is not 0, or the end of the range; empty where
        /// the guest has no memory.
        OptionalLong firstNonZero(long start, long size);

        /// Writes to it.
        ///
        /// @throws IOException where it has none
        void write(long address, Image bytes) throws IOException;
    }

    /// A started guest.
    ///
    /// @param gpus the virtual devices; empty when the device is real
    /// @param log of the guest's drivers
    /// @param qemu whose standard output is the witness's port
    record Started(List<GpuServer> gpus, Memory memory, LogSocket log, QemuProcess qemu) {
        public Started {
            gpus = List.copyOf(gpus);
        }
    }

    /// ASLS and BDSM of a device, as the guest has them.
    record Registers(long asls, long bdsm) {
        private static final Registers NONE = new Registers(0, 0);

        /// What the guest itself reads.
        static Registers of(Expectation.Gpu gpu, Witness witness) {
            return of(
                    gpu,
                    witness.function(gpu.location())
                            .map(Witness.PciFunction::config)
                            .orElse(Image.EMPTY));
        }

        /// The registers in a device's config space, both 0 when the guest does not show that
        /// space.
        static Registers of(Expectation.Gpu gpu, Image config) {
            if (config.size() < Witness.PciFunction.CONFIG_SIZE) {
                return NONE;
            }
            Platform.StolenBase base = gpu.platform() == null ? null : gpu.platform().stolenBase();
            return new Registers(config.u32(OpRegion.ASLS), base == null ? 0 : base.read(config));
        }
    }

    /// Starts the guest.
    ///
    /// @param scratch owns its files and devices
    /// @throws IOException when QEMU cannot be started or its files cannot be written
    Started start(Scratch scratch) throws IOException;

    /// Reads the registers.
    ///
    /// @param server null when the device is real
    Registers registers(Expectation.Gpu gpu, @Nullable GpuServer server, Witness witness);

    /// The screen of the first device.
    default Screen screen(Started started, Witness witness) {
        return started.gpus().getFirst();
    }

    /// What the guest must have.
    Expectation expected();

    /// The processor time that the guest needs at most.
    Duration processorTime();

    /// The console of the emulated host; empty when the bench starts the guest itself.
    List<String> hostLines();

    /// Keeps what all of them have said.
    ///
    /// @return what interrupted the run according to that, null for nothing
    default @Nullable Interruption keepLogs(Started started, Scratch scratch) throws IOException {
        scratch.keep("qemu.log", started.qemu().lines());
        scratch.keep("driver.log", started.log().lines());
        scratch.keep("host.log", hostLines());
        return Interruptions.of(started.qemu().lines(), hostLines());
    }

    /// What is happening now, for the user.
    String stage(Started started);

    /// The verdict on what was seen.
    Verdict verdict(Observations seen, Started started) throws IOException;
}
