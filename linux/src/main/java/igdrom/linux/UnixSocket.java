package igdrom.linux;

import igdrom.bytes.Image;
import igdrom.bytes.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;

/// A connected stream socket that carries descriptors in addition to bytes.
///
/// One thread receives and closes; other threads may end its waiting with [#shutdown]. Any thread
/// may send: messages are not interleaved.
public final class UnixSocket implements AutoCloseable {
    static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOCK_STREAM = 1;
    private static final int SHUT_RDWR = 2;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_WAITALL = 0x100;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int MSG_CTRUNC = 8;
    private static final int BUFFER_SIZE = 1 << 16;

    /// The maximum number of descriptors received with one message.
    public static final int MAX_DESCRIPTORS = 16;

    /// Spec: unix(7), `SCM_MAX_FD`.
    private static final int MAX_SENT_DESCRIPTORS = 253;

    private final Descriptor descriptor;
    private final Arena arena = Arena.ofShared();
    private final MessageHeader receiving = new MessageHeader(arena, MAX_DESCRIPTORS, BUFFER_SIZE);
    private final MessageHeader sending =
            new MessageHeader(arena, MAX_SENT_DESCRIPTORS, BUFFER_SIZE);
    private boolean closed;

    UnixSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    public static SocketPair pair() throws LinuxException {
        try (Arena scratch = Arena.ofConfined()) {
            var state = Native.state(scratch);
            MemorySegment numbers = scratch.allocate(ValueLayout.JAVA_INT, 2);
            int type = SOCK_STREAM | SOCK_CLOEXEC;
            if (Native.socketpair(state, SocketAddress.AF_UNIX, type, 0, numbers) < 0) {
                throw Native.failed("socketpair", state);
            }
            return new SocketPair(
                    new UnixSocket(new Descriptor(numbers.getAtIndex(ValueLayout.JAVA_INT, 0))),
                    new UnixSocket(new Descriptor(numbers.getAtIndex(ValueLayout.JAVA_INT, 1))));
        }
    }

    public static UnixSocket connect(Path path) throws LinuxException {
        Descriptor descriptor = create();
        try (Arena scratch = Arena.ofConfined()) {
            var state = Native.state(scratch);
            SocketAddress address = SocketAddress.of(path, scratch);
            if (Native.connect(state, descriptor.number(), address.segment(), address.size()) < 0) {
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

    /// Receives exactly `size` bytes, or fewer at the end of the stream, and their descriptors.
    ///
    /// Does not read ahead, so that the descriptors of the next message stay with that message.
    public Image receive(int size, Descriptors descriptors) throws LinuxException {
        byte[] bytes = new byte[size];
        int received = 0;
        while (received < size) {
            long count = receiveSome(Math.min(size - received, BUFFER_SIZE), descriptors);
            if (count == 0) {
                break;
            }
            receiving.copyTo(bytes, received, (int) count);
            received += (int) count;
        }
        return Image.of(bytes, received);
    }

    /// Receives exactly `size` bytes, or fewer at the end of the stream. The kernel closes
    /// descriptors that were sent with them.
    public Image receive(int size) throws LinuxException {
        byte[] bytes = new byte[size];
        int received = 0;
        while (received < size) {
            int part = Math.min(size - received, BUFFER_SIZE);
            long count =
                    Native.recv(
                            receiving.state(),
                            descriptor.number(),
                            receiving.buffer(),
                            part,
                            MSG_WAITALL);
            if (count < 0) {
                checkInterrupted("recv", receiving);
                continue;
            }
            if (count == 0) {
                break;
            }
            receiving.copyTo(bytes, received, (int) count);
            received += (int) count;
        }
        return Image.of(bytes, received);
    }

    private long receiveSome(int size, Descriptors descriptors) throws LinuxException {
        while (true) {
            long count =
                    Native.recvmsg(
                            receiving.state(),
                            descriptor.number(),
                            receiving.forReceiving(size),
                            MSG_CMSG_CLOEXEC | MSG_WAITALL);
            if (count >= 0) {
                receiving.takeDescriptors(descriptors);
                if ((receiving.flags() & MSG_CTRUNC) != 0) {
                    descriptors.setTruncated();
                }
                return count;
            }
            checkInterrupted("recvmsg", receiving);
        }
    }

    /// Sends a whole message. The caller remains the owner of the descriptors.
    ///
    /// @throws IllegalArgumentException for an empty message or too many descriptors
    public void send(Image message, List<Descriptor> descriptors) throws LinuxException {
        if (message.isEmpty() || descriptors.size() > MAX_SENT_DESCRIPTORS) {
            throw new IllegalArgumentException(
                    "a message needs at least 1 byte and at most %d descriptors"
                            .formatted(MAX_SENT_DESCRIPTORS));
        }
        synchronized (sending) {
            if (closed) {
                throw new LinuxException("sendmsg", Native.EBADF);
            }
            List<Descriptor> unsent = descriptors;
            long sent = 0;
            while (sent < message.size()) {
                int part = (int) Math.min(message.size() - sent, BUFFER_SIZE);
                Memory.of(sending.buffer()).put(0, message.slice(sent, part));
                long count =
                        Native.sendmsg(
                                sending.state(),
                                descriptor.number(),
                                sending.forSending(part, unsent),
                                MSG_NOSIGNAL);
                if (count < 0) {
                    checkInterrupted("sendmsg", sending);
                    continue;
                }
                sent += count;
                unsent = List.of();
            }
        }
    }

    /// Returns after an interrupted call, which the caller repeats; throws after any other failure.
    private static void checkInterrupted(String call, MessageHeader header) throws LinuxException {
        if (Native.errno(header.state()) != Native.EINTR) {
            throw Native.failed(call, header.state());
        }
    }

    /// Shuts down both directions, which wakes threads that wait for the socket.
    public void shutdown() {
        shutdown(descriptor);
    }

    static void shutdown(Descriptor descriptor) {
        synchronized (descriptor) {
            if (descriptor.isOpen()) {
                try (Arena scratch = Arena.ofConfined()) {
                    // Fails if the socket is no longer connected, which is harmless.
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
