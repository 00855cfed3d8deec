package igdrom.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// Functions of the C library. Each returns the result of the C function and stores errno in
/// `state`.
@SuppressWarnings("restricted") // native calls are what this class is for
final class Native {
    static final int EINTR = 4;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int EINVAL = 22;
    static final int ENAMETOOLONG = 36;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle STRERROR =
            LINKER.downcallHandle(symbol("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle SOCKET =
            call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SOCKETPAIR =
            call("socketpair", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle BIND = call("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT =
            call("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle LISTEN = call("listen", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle ACCEPT4 =
            call("accept4", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle SHUTDOWN = call("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECVMSG =
            call("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RECV =
            call("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SENDMSG =
            call("sendmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle MMAP =
            call("mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle MUNMAP = call("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle LSEEK =
            call("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle MEMFD_CREATE =
            call("memfd_create", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle FTRUNCATE = call("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle OPEN = call("open", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle PREAD =
            call("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle IOCTL =
            LINKER.downcallHandle(
                    symbol("ioctl"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                    Linker.Option.firstVariadicArg(2),
                    Linker.Option.captureCallState("errno"));
    private static final MethodHandle EVENTFD = call("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle POLL = call("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle READ = call("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE =
            call("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);

    private Native() {}

    private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                symbol(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    private static MemorySegment symbol(String name) {
        return LINKER.defaultLookup().findOrThrow(name);
    }

    /// Allocates the memory for errno.
    static MemorySegment state(Arena arena) {
        return arena.allocate(STATE);
    }

    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    static LinuxException failed(String call, MemorySegment state) {
        return new LinuxException(call, errno(state));
    }

    static String text(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int close(MemorySegment state, int descriptor) {
        try {
            return (int) CLOSE.invokeExact(state, descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int socket(MemorySegment state, int domain, int type, int protocol) {
        try {
            return (int) SOCKET.invokeExact(state, domain, type, protocol);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int socketpair(
            MemorySegment state, int domain, int type, int protocol, MemorySegment pair) {
        try {
            return (int) SOCKETPAIR.invokeExact(state, domain, type, protocol, pair);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int bind(MemorySegment state, int descriptor, MemorySegment address, int size) {
        try {
            return (int) BIND.invokeExact(state, descriptor, address, size);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int connect(MemorySegment state, int descriptor, MemorySegment address, int size) {
        try {
            return (int) CONNECT.invokeExact(state, descriptor, address, size);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int listen(MemorySegment state, int descriptor, int backlog) {
        try {
            return (int) LISTEN.invokeExact(state, descriptor, backlog);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int accept4(MemorySegment state, int descriptor, int flags) {
        try {
            return (int)
                    ACCEPT4.invokeExact(
                            state, descriptor, MemorySegment.NULL, MemorySegment.NULL, flags);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int shutdown(MemorySegment state, int descriptor, int how) {
        try {
            return (int) SHUTDOWN.invokeExact(state, descriptor, how);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long recvmsg(MemorySegment state, int descriptor, MemorySegment message, int flags) {
        try {
            return (long) RECVMSG.invokeExact(state, descriptor, message, flags);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long recv(
            MemorySegment state, int descriptor, MemorySegment target, long size, int flags) {
        try {
            return (long) RECV.invokeExact(state, descriptor, target, size, flags);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long sendmsg(MemorySegment state, int descriptor, MemorySegment message, int flags) {
        try {
            return (long) SENDMSG.invokeExact(state, descriptor, message, flags);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long mmap(
            MemorySegment state,
            long size,
            int protection,
            int flags,
            int descriptor,
            long offset) {
        try {
            return (long) MMAP.invokeExact(state, 0L, size, protection, flags, descriptor, offset);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int munmap(MemorySegment state, long address, long size) {
        try {
            return (int) MUNMAP.invokeExact(state, address, size);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long lseek(MemorySegment state, int descriptor, long offset, int whence) {
        try {
            return (long) LSEEK.invokeExact(state, descriptor, offset, whence);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int memfdCreate(MemorySegment state, MemorySegment name, int flags) {
        try {
            return (int) MEMFD_CREATE.invokeExact(state, name, flags);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int ftruncate(MemorySegment state, int descriptor, long size) {
        try {
            return (int) FTRUNCATE.invokeExact(state, descriptor, size);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int open(MemorySegment state, MemorySegment path, int flags) {
        try {
            return (int) OPEN.invokeExact(state, path, flags);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long pread(
            MemorySegment state, int descriptor, MemorySegment target, long size, long offset) {
        try {
            return (long) PREAD.invokeExact(state, descriptor, target, size, offset);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// @param argument a pointer, or a number as an address
    static int ioctl(MemorySegment state, int descriptor, long request, MemorySegment argument) {
        try {
            return (int) IOCTL.invokeExact(state, descriptor, request, argument);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int eventfd(MemorySegment state, int value, int flags) {
        try {
            return (int) EVENTFD.invokeExact(state, value, flags);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int poll(MemorySegment state, MemorySegment entries, long count, int milliseconds) {
        try {
            return (int) POLL.invokeExact(state, entries, count, milliseconds);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long read(MemorySegment state, int descriptor, MemorySegment target, long size) {
        try {
            return (long) READ.invokeExact(state, descriptor, target, size);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long write(MemorySegment state, int descriptor, MemorySegment source, long size) {
        try {
            return (long) WRITE.invokeExact(state, descriptor, source, size);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// The exception for a failed downcall. MethodHandle declares Throwable, but a downcall throws
    /// only unchecked exceptions, for invalid arguments.
    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof RuntimeException unchecked) {
            return unchecked;
        }
        throw new AssertionError("a native call threw", e);
    }
}
