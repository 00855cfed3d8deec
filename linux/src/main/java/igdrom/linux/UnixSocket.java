package igdrom.linux;

import igdrom.bytes.Image;
import igdrom.bytes.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;

/// A connected stream socket that carries descriptors beside bytes.
///
/// One thread receives, any thread sends: a message is sent whole. The receiving thread closes;
/// others may end its waiting with [#shutdown].
public final class UnixSocket implements AutoCloseable {
    static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOCK_STREAM = 1;
    private static final int SHUT_RDWR = 2;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_WAITALL = 0x100;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int MSG_CTRUNC = 8;
    private static final int BUFFER_SIZE = 1 << 16;

    /// The most descriptors that are received with one message.
    public static final int MAX_DESCRIPTORS = 16;

    /// Spec: unix(7), `SCM_MAX_FD`.
    private static final int MAX_SENT = 253;

    private final Descriptor descriptor;
    private final Arena arena = Arena.ofShared();
    private final MessageHeader receiving = new MessageHeader(arena, MAX_DESCRIPTORS, BUFFER_SIZE);
    private final MessageHeader sending = new MessageHeader(arena, MAX_SENT, BUFFER_SIZE);
    private boolean closed;

    UnixSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    public static SocketPair pair() throws LinuxException {
        try (Arena scratch = Arena.ofConfined()) {
            var state = Native.state(scratch);
            MemorySegment both = scratch.allocate(ValueLayout.JAVA_INT, 2);
            int type = SOCK_STREAM | SOCK_CLOEXEC;
            if (Native.socketpair(state, SocketAddress.AF_UNIX, type, 0, both) < 0) {
                throw Native.failed("socketpair", state);
            }
            return new SocketPair(
                    new UnixSocket(new Descriptor(both.getAtIndex(ValueLayout.JAVA_INT, 0))),
                    new UnixSocket(new Descriptor(both.getAtIndex(ValueLayout.JAVA_INT, 1))));
        }
    }

    public static UnixSocket connect(Path path) throws LinuxException {
        Descriptor descriptor = create();
        try (Arena scratch = Arena.ofConfined()) {
            var state = Native.state(scratch);
            SocketAddress to = SocketAddress.of(path, scratch);
            if (Native.connect(state, descriptor.number(), to.segment(), to.size()) < 0) {
                throw Native.failed("connect", state);
            }
            return new UnixSocket(descriptor);
        } catch (LinuxException e) {
            descriptor.close();
            throw e;
        }
    }

    static Descriptor create() throws LinuxException {
        try (Arena scratch = Arena.ofConfined()) {
            var state = Native.state(scratch);
            int type = SOCK_STREAM | SOCK_CLOEXEC;
            int number = Native.socket(state, SocketAddress.AF_UNIX, type, 0);
            if (number < 0) {
                throw Native.failed("socket", state);
            }
            return new Descriptor(number);
        }
    }

    /// Exactly `size` bytes with the descriptors that came with them, or fewer when the stream ends
    /// before.
    ///
    /// Not a byte behind them is read, so that no descriptor of the next message comes along.
    public Image receive(int size, Descriptors into) throws LinuxException {
        byte[] bytes = new byte[size];
        int got = 0;
        while (got < size) {
            long count = receiveSome(Math.min(size - got, BUFFER_SIZE), into);
            if (count == 0) {
                break;
            }
            receiving.copyTo(bytes, got, (int) count);
            got += (int) count;
        }
        return Image.of(bytes, got);
    }

    /// Exactly `size` bytes, or fewer when the stream ends before. Descriptors that come with them
    /// are closed.
    public Image receive(int size) throws LinuxException {
        byte[] bytes = new byte[size];
        int got = 0;
        while (got < size) {
            int part = Math.min(size - got, BUFFER_SIZE);
            long count =
                    Native.recv(
                            receiving.state(),
                            descriptor.number(),
                            receiving.buffer(),
                            part,
                            MSG_WAITALL);
            if (count < 0) {
                interrupted("recv", receiving);
                continue;
            }
            if (count == 0) {
                break;
            }
            receiving.copyTo(bytes, got, (int) count);
            got += (int) count;
        }
        return Image.of(bytes, got);
    }

    private long receiveSome(int size, Descriptors into) throws LinuxException {
        while (true) {
            long count =
                    Native.recvmsg(
                            receiving.state(),
                            descriptor.number(),
                            receiving.forReceiving(size),
                            MSG_CMSG_CLOEXEC | MSG_WAITALL);
            if (count >= 0) {
                receiving.descriptors(into);
                if ((receiving.flags() & MSG_CTRUNC) != 0) {
                    into.truncate();
                }
                return count;
            }
            interrupted("recvmsg", receiving);
        }
    }

    /// The whole message, with descriptors that stay the caller's.
    public void send(Image message, List<Descriptor> descriptors) throws LinuxException {
        if (message.isEmpty() || descriptors.size() > MAX_SENT) {
            throw new IllegalArgumentException("descriptors need bytes to go with");
        }
        synchronized (sending) {
            if (closed) {
                throw new LinuxException("sendmsg", 9);
            }
            List<Descriptor> with = descriptors;
            long sent = 0;
            while (sent < message.size()) {
                int part = (int) Math.min(message.size() - sent, BUFFER_SIZE);
                Memory.of(sending.buffer()).put(0, message.slice(sent, part));
                long count =
                        Native.sendmsg(
                                sending.state(),
                                descriptor.number(),
                                sending.forSending(part, with),
                                MSG_NOSIGNAL);
                if (count < 0) {
                    interrupted("sendmsg", sending);
                    continue;
                }
                sent += count;
                with = List.of();
            }
        }
    }

    private static void interrupted(String call, MessageHeader header) throws LinuxException {
        if (Native.errno(header.state()) != Native.EINTR) {
            throw Native.failed(call, header.state());
        }
    }

    /// Ends the connection in both directions, and with it what other threads wait for.
    public void shutdown() {
        shutdown(descriptor);
    }

    static void shutdown(Descriptor descriptor) {
        synchronized (descriptor) {
            if (descriptor.isOpen()) {
                try (Arena scratch = Arena.ofConfined()) {
                    // It may not be connected any more, which is as good.
                    int _ = Native.shutdown(Native.state(scratch), descriptor.number(), SHUT_RDWR);
                }
            }
        }
    }

    @Override
    public void close() {
        shutdown();
        synchronized (sending) {
            if (!closed) {
                closed = true;
                descriptor.close();
                arena.close();
            }
        }
    }
}
