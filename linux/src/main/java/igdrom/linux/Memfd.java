package igdrom.linux;

import java.lang.foreign.Arena;

/// Creates anonymous files, which exist in memory only.
public final class Memfd {
    private static final int MFD_CLOEXEC = 1;

    private Memfd() {}

    /// Creates a file of zeros.
    ///
    /// @param name shown in /proc
    public static Descriptor create(String name, long size) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            var state = Native.state(arena);
            int number = Native.memfdCreate(state, arena.allocateFrom(name), MFD_CLOEXEC);
            if (number < 0) {
                throw Native.failed("memfd_create", state);
            }
            Descriptor descriptor = new Descriptor(number);
            try {
                resize(descriptor, size);
            } catch (LinuxException e) {
                descriptor.close();
                throw e;
            }
            return descriptor;
        }
    }

    /// Truncates or extends a file.
    public static void resize(Descriptor descriptor, long size) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            var state = Native.state(arena);
            if (Native.ftruncate(state, descriptor.number(), size) < 0) {
                throw Native.failed("ftruncate", state);
            }
        }
    }
}
