package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.LowMemory;
import igdrom.linux.Descriptor;
import igdrom.linux.Mapping;
import igdrom.linux.Memfd;
import java.io.IOException;
import java.nio.file.Path;

/// The guest's memory, full of a pattern before the guest starts.
///
/// A guest's memory is not empty in practice: it was in use before a reset. With zeros nothing
/// would show that a driver forgot to clear its memory, or uses what it never wrote.
final class GuestRam implements AutoCloseable {
    /// The byte that memory holds which nobody has written.
    static final int PATTERN = 0xa5;

    private static final long MIB = 1 << 20;

    /// Of a larger guest only this much is filled: the highest memory below 4 GiB, where firmware
    /// and drivers allocate.
    private static final long MAX_FILLED = 1024 * MIB;

    private final Descriptor file;

    private GuestRam(Descriptor file) {
        this.file = file;
    }

    /// Makes the memory of a machine.
    static GuestRam create(TestMachine machine, Expectation expected) throws IOException {
        long all = machine.memoryMiB() * MIB;
        GuestRam ram = new GuestRam(Memfd.create("guest", all));
        try {
            long low = lowMemory(machine);
            long start = Math.max(0, low - MAX_FILLED);
            ram.fill(start, low);
            for (Expectation.Gpu gpu : expected.gpus()) {
                if (gpu.stolen() != null && gpu.stolen().base() != 0) {
                    long base = gpu.stolen().base() & -MIB;
                    ram.fill(Math.min(base, start), Math.min(base + gpu.stolen().size(), start));
                }
            }
            return ram;
        } catch (IOException e) {
            ram.close();
            throw e;
        }
    }

    /// Where the guest's memory below 4 GiB ends: at the same offset in the file.
    private static long lowMemory(TestMachine machine) {
        LowMemory row = Knowledge.lowMemory(machine.type().qemuName());
        return machine.memoryMiB() >= row.fromMiB() ? row.limit() : machine.memoryMiB() * MIB;
    }

    private void fill(long from, long to) throws IOException {
        if (to <= from) {
            return;
        }
        try (Mapping mapping = Mapping.of(file, from, to - from, true)) {
            mapping.memory().fill(PATTERN);
        }
    }

    /// Where QEMU opens it.
    Path path() {
        return file.path();
    }

    @Override
    public void close() {
        file.close();
    }
}
