package igdrom.linux;

import igdrom.bytes.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A part of a file in our memory, shared with all who map it. The descriptor may be closed before.
public final class Mapping implements AutoCloseable {
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int MAP_SHARED = 1;

    private final Arena arena = Arena.ofShared();
    private final Memory memory;

    @SuppressWarnings("restricted") // gives the address that mmap returned its size
    private Mapping(long address, long size) {
        MemorySegment whole = MemorySegment.ofAddress(address);
        memory = Memory.of(whole.reinterpret(size, arena, mapped -> unmap(mapped, size)));
    }

    /// Maps `size` bytes.
    ///
    /// @param offset in the file, a multiple of the page size
    /// @throws LinuxException when the kernel refuses, or the file ends before
    public static Mapping of(Descriptor file, long offset, long size, boolean writable)
            throws LinuxException {
        if (offset < 0 || size <= 0 || offset > file.fileSize() - size) {
            // Else an access behind the end would come back as SIGBUS.
            throw new LinuxException("mmap", 22);
        }
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

    /// Not to be used after [#close].
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

    /// Unmaps it.
    ///
    /// @throws IllegalStateException when it is closed already, or used this moment
    @Override
    public void close() {
        arena.close();
    }
}
