package igdrom.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A counter in the kernel that wakes its waiters. It delivers interrupts to a guest.
public final class EventFd implements AutoCloseable {
    private static final int EFD_CLOEXEC = 0x80000;
    private static final int EFD_NONBLOCK = 0x800;
    private static final short POLLOUT = 4;
    private static final int POLL_SIZE = 8;

    private final Descriptor descriptor;

    private EventFd(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /// Creates a non-blocking counter.
    public static EventFd create() throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            var state = Native.state(arena);
            int number = Native.eventfd(state, 0, EFD_CLOEXEC | EFD_NONBLOCK);
            if (number < 0) {
                throw Native.failed("eventfd", state);
            }
            return new EventFd(new Descriptor(number));
        }
    }

    /// Takes ownership of a received descriptor. One that is not an eventfd is closed and refused,
    /// since writing to it might block forever.
    ///
    /// @throws LinuxException when the descriptor is not an eventfd
    public static EventFd of(Descriptor descriptor) throws LinuxException {
        if (!descriptor.target().equals("anon_inode:[eventfd]")) {
            descriptor.close();
            throw new LinuxException("eventfd", Native.EINVAL);
        }
        return new EventFd(descriptor);
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    /// Increments the counter. A full counter stays as it is, since its waiters are awake already.
    public void signal() throws LinuxException {
        synchronized (descriptor) {
            try (Arena arena = Arena.ofConfined()) {
                var state = Native.state(arena);
                if (!isWritable(arena, state)) {
                    return;
                }
                MemorySegment increment = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
                if (Native.write(state, descriptor.number(), increment, 8) < 0
                        && Native.errno(state) != Native.EAGAIN) {
                    throw Native.failed("write", state);
                }
            }
        }
    }

    /// Reads and resets the counter: the number of signals since the last call.
    public long drain() throws LinuxException {
        synchronized (descriptor) {
            try (Arena arena = Arena.ofConfined()) {
                var state = Native.state(arena);
                MemorySegment count = arena.allocate(ValueLayout.JAVA_LONG);
                if (Native.read(state, descriptor.number(), count, 8) < 0) {
                    if (Native.errno(state) == Native.EAGAIN) {
                        return 0;
                    }
                    throw Native.failed("read", state);
                }
                return count.get(ValueLayout.JAVA_LONG, 0);
            }
        }
    }

    private boolean isWritable(Arena arena, MemorySegment state) throws LinuxException {
        MemorySegment entry = arena.allocate(POLL_SIZE, 4);
        entry.set(ValueLayout.JAVA_INT, 0, descriptor.number());
        entry.set(ValueLayout.JAVA_SHORT, 4, POLLOUT);
        int ready = Native.poll(state, entry, 1, 0);
        if (ready < 0) {
            throw Native.failed("poll", state);
        }
        return ready > 0 && (entry.get(ValueLayout.JAVA_SHORT, 6) & POLLOUT) != 0;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
