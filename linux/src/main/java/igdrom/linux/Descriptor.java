package igdrom.linux;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/// The owner of a file descriptor.
///
/// Calls that use its number and [#close] exclude each other, so that a number which the kernel has
/// given to somebody else is never used. Calls that may block ([UnixSocket]'s) cannot be excluded:
/// whoever makes them is the one who closes.
public final class Descriptor implements AutoCloseable {
    private static final int SEEK_END = 2;

    private int number;

    Descriptor(int number) {
        this.number = number;
    }

    /// @throws IllegalStateException when it is closed
    synchronized int number() {
        if (number < 0) {
            throw new IllegalStateException("the descriptor is closed");
        }
        return number;
    }

    synchronized boolean isOpen() {
        return number >= 0;
    }

    /// The size of its file.
    ///
    /// @throws LinuxException when it has none, as a socket or a pipe
    public synchronized long fileSize() throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            var state = Native.state(arena);
            long size = Native.lseek(state, number(), 0, SEEK_END);
            if (size < 0) {
                throw Native.failed("lseek", state);
            }
            return size;
        }
    }

    /// What the kernel calls it, as `anon_inode:[eventfd]`.
    synchronized String target() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + number())).toString();
        } catch (java.io.IOException e) {
            return "";
        }
    }

    @Override
    public synchronized void close() {
        if (number < 0) {
            return;
        }
        int closing = number;
        number = -1;
        try (Arena arena = Arena.ofConfined()) {
            // Linux closes it even when the call reports an error: there is nothing to be done.
            int _ = Native.close(Native.state(arena), closing);
        }
    }
}
