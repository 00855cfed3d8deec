package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bytes.Image;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.LowMemory;
import igdrom.linux.Descriptor;
import igdrom.linux.Memfd;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// The guest's memory, with a pattern in the part where firmware and drivers allocate.
///
/// A guest's memory is not empty in practice: it was in use before a reset. With zeros nothing
/// would show that a driver forgot to clear its memory, or uses what it never wrote.
final class GuestRam implements GuestStart.Memory, AutoCloseable {
    /// The byte that fills memory until it is first written.
    static final int PATTERN = 0xa5;

    private static final long MIB = 1 << 20;

    /// How much is filled beside stolen memory: the highest memory below 4 GiB, where firmware and
    /// drivers allocate. All of it would take as long as a boot of the guest.
    ///
    /// Observed: OVMF allocates 69 MiB for itself before it starts the ROM.
    private static final long FILLED = 128 * MIB;

    private final Descriptor file;
    private final RandomAccessFile bytes;
    private final byte[] chunk = new byte[(int) MIB];

    /// Where memory below 4 GiB ends: at the same offset in the file.
    private final long low;

    private GuestRam(Descriptor file, long low) throws IOException {
        this.file = file;
        this.bytes = new RandomAccessFile(file.path().toFile(), "rw");
        this.low = low;
    }

    /// Makes the memory of a machine.
    static GuestRam create(TestMachine machine, Expectation expected) throws IOException {
        long all = machine.memoryMiB() * MIB;
        long low = lowMemory(machine);
        GuestRam ram = of(Memfd.create("guest", all), low);
        try {
            long start = low - FILLED;
            for (Expectation.Gpu gpu : expected.gpus()) {
                start -= gpu.stolen() == null ? 0 : gpu.stolen().size();
            }
            start = Math.max(0, start);
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

    private static GuestRam of(Descriptor file, long low) throws IOException {
        try {
            return new GuestRam(file, low);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static long lowMemory(TestMachine machine) {
        LowMemory row = Knowledge.lowMemory(machine.type().qemuName());
        return machine.memoryMiB() >= row.fromMiB() ? row.limit() : machine.memoryMiB() * MIB;
    }

    private void fill(long from, long to) throws IOException {
        Arrays.fill(chunk, (byte) PATTERN);
        bytes.seek(from);
        for (long at = from; at < to; at += chunk.length) {
            bytes.write(chunk, 0, (int) Math.min(chunk.length, to - at));
        }
    }

    /// A copy of the guest's memory below 4 GiB; empty where it has none.
    @Override
    public Optional<Image> read(long address, int size) {
        byte[] copy = new byte[size];
        return read(address, copy, size) ? Optional.of(Image.of(copy)) : Optional.empty();
    }

    /// The first address in a range of the guest's memory below 4 GiB that is not 0, or the end of
    /// the range; empty where the guest has no memory.
    @Override
    public OptionalLong firstNonZero(long start, long size) {
        byte[] zeros = new byte[chunk.length];
        for (long at = 0; at < size; at += chunk.length) {
            int count = (int) Math.min(chunk.length, size - at);
            if (!read(start + at, chunk, count)) {
                return OptionalLong.empty();
            }
            int other = Arrays.mismatch(chunk, 0, count, zeros, 0, count);
            if (other >= 0) {
                return OptionalLong.of(start + at + other);
            }
        }
        return OptionalLong.of(start + size);
    }

    @Override
    public void write(long address, Image image) throws IOException {
        if (address < 0 || address > low - image.size()) {
            throw new IOException("no memory at 0x" + Long.toHexString(address));
        }
        bytes.seek(address);
        bytes.write(image.toByteArray());
    }

    /// Reading the file is several times as fast as reading a mapping of it, whose pages appear one
    /// by one. The same is true of writing.
    private boolean read(long address, byte[] target, int size) {
        if (address < 0 || address > low - size) {
            return false;
        }
        try {
            bytes.seek(address);
            bytes.readFully(target, 0, size);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Where QEMU opens it.
    Path path() {
        return file.path();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            bytes.close();
        }
    }
}
