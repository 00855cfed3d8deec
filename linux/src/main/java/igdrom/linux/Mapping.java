package igdrom.linux;

import igdrom.bytes.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A shared mapping of a part of a file. It stays valid when the descriptor is closed.
public final class Mapping implements AutoCloseable {
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int MAP_SHARED = 1;

    private final Arena arena = Arena.ofShared();
    private final Memory memory;

    @SuppressWarnings("restricted") // makes a segment of the address that mmap returned
    private Mapping(long address, long size) {
        MemorySegment start = MemorySegment.ofAddress(address);
        memory = Memory.of(start.reinterpret(size, arena, mapped -> unmap(mapped, size)));
    }

    /// Maps `size` bytes.
    ///
    /// @param offset in the file, a multiple of the page size
    /// @throws LinuxException when mmap fails, or the file is too short
    public static Mapping of(Descriptor file, long offset, long size, boolean writable)
            throws LinuxException {
        file.checkRange(offset, size);
        try (Arena scratch = Arena.ofConfined()) {
            var state = Native.state(scratch);
            int protection = PROT_READ | (writable ? PROT_WRITE : 0);
            long address = Native.mmap(state, size, protection, MAP_SHARED, file.number(), offset);
            if (address == -1) {
                throw Native.failed("mmap", state);
            }
            return new Mapping(address, size);
        }
    }

    /// The mapped memory, invalid after [#close].
    public Memory memory() {
        return memory;
    }

    private static void unmap(MemorySegment mapped, long size) {
        try (Arena scratch = Arena.ofConfined()) {
            var state = Native.state(scratch);
            if (Native.munmap(state, mapped.address(), size) < 0) {
                throw new IllegalStateException("munmap: errno " + Native.errno(state));
            }
        }
    }

    /// Unmaps the memory.
    ///
    /// @throws IllegalStateException if it is already closed, or in use by another thread
    @Override
    public void close() {
        arena.close();
    }
}
