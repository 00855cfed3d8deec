package igdrom.linux;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// The owner of a file descriptor.
///
/// [#close] is synchronized with calls that use the number, because the kernel may reuse the number
/// for another file at once. Calls that may block (those of [UnixSocket]) are not synchronized; the
/// thread that makes them must also be the one that closes the descriptor.
public final class Descriptor implements AutoCloseable {
    private static final int SEEK_END = 2;

    private int number;

    Descriptor(int number) {
        this.number = number;
    }

    /// @throws IllegalStateException after [#close]
    synchronized int number() {
        if (number < 0) {
            throw new IllegalStateException("the descriptor is closed");
        }
        return number;
    }

    synchronized boolean isOpen() {
        return number >= 0;
    }

    /// The size of the file in bytes.
    ///
    /// @throws LinuxException for a file without a size, such as a socket or a pipe
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

    /// Checks that the file has these bytes: an access beyond its end, once it is mapped, would
    /// raise SIGBUS.
    ///
    /// @throws LinuxException EINVAL when it has not
    public void checkRange(long offset, long size) throws LinuxException {
        if (offset < 0 || size <= 0 || offset > fileSize() - size) {
            throw new LinuxException("mmap", Native.EINVAL);
        }
    }

    /// An object that is equal for all descriptors of a file, as long as one of them or a mapping
    /// of the file exists.
    ///
    /// Spec: POSIX, sys/stat.h: `st_dev` and `st_ino` together identify a file.
    ///
    /// @throws LinuxException when the kernel does not show the file
    public synchronized Object fileId() throws LinuxException {
        try {
            Path file = Path.of("/proc/self/fd/" + number());
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (java.io.IOException _) {
            throw new LinuxException("stat", Native.EINVAL);
        }
    }

    /// A name under which other processes of the same user can open the file.
    ///
    /// Spec: Linux, proc_pid_fd(5).
    public synchronized Path path() {
        return Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + number());
    }

    /// The kernel's name of the file, such as `anon_inode:[eventfd]`; empty if it is unknown.
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
            // Linux closes the descriptor even if close() reports an error.
            int _ = Native.close(Native.state(arena), closing);
        }
    }
}
