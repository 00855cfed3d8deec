package igdrom.vfiouser.server;

import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.MemoryLostException;
import igdrom.linux.Descriptor;
import igdrom.linux.Descriptors;
import igdrom.linux.UnixSocket;
import igdrom.vfiouser.server.GuestMemory.Range;
import igdrom.vfiouser.server.PendingRequests.Question;
import igdrom.vfiouser.wire.Device;
import igdrom.vfiouser.wire.DmaLayout;
import igdrom.vfiouser.wire.DmaRead;
import igdrom.vfiouser.wire.DmaWrite;
import igdrom.vfiouser.wire.Errno;
import igdrom.vfiouser.wire.Guest;
import igdrom.vfiouser.wire.Header;
import igdrom.vfiouser.wire.RefusedException;
import igdrom.vfiouser.wire.Reply;
import igdrom.vfiouser.wire.Request;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One client of a device, served by the thread that calls [#serve].
///
/// It is also that client's [Guest], for any thread.
public final class Connection implements Guest, AutoCloseable {
    private final UnixSocket socket;
    private final Device device;
    private final Map<Integer, Descriptor> regionFiles;
    private final Interrupts interrupts;
    private final Session session;
    private final PendingRequests questions = new PendingRequests();
    private final Object memoryLock = new Object();
    private final GuestMemory memory = new GuestMemory();
    private volatile @Nullable DmaLayout dmaLayout;
    private volatile @Nullable Thread server;
    private boolean settling;

    /// A connection over this socket, which is closed with it.
    ///
    /// @param regionFiles what the client may map, for each mappable region; they stay the caller's
    public Connection(UnixSocket socket, Device device, Map<Integer, Descriptor> regionFiles) {
        this.socket = socket;
        this.device = device;
        this.regionFiles = Map.copyOf(regionFiles);
        this.interrupts = new Interrupts(device.layout());
        this.session = new Session(device, interrupts, memory, memoryLock);
        device.layout().regions().stream()
                .filter(region -> region.mappable() && !regionFiles.containsKey(region.index()))
                .findAny()
                .ifPresent(region -> {
                    throw new IllegalArgumentException(region + " has no file");
                });
    }

    /// Serves until the client goes, or [#shutdown].
    ///
    /// @throws IOException when the client broke off in the middle of a message, or the connection
    ///   failed
    /// @throws MalformedImageException when what it sent is no message
    public void serve() throws IOException {
        server = Thread.currentThread();
        try {
            while (serveOne()) {
                settle();
            }
        } finally {
            server = null;
            questions.close();
        }
    }

    /// False when there is nothing more to serve.
    private boolean serveOne() throws IOException {
        try (Descriptors descriptors = new Descriptors()) {
            Image head = socket.receive(Header.SIZE, descriptors);
            if (head.isEmpty()) {
                return false;
            }
            if (head.size() < Header.SIZE) {
                throw new EOFException("the client went in the middle of a header");
            }
            Header header = Header.read(head);
            Image body = socket.receive(header.bodySize());
            if (body.size() < header.bodySize()) {
                throw new EOFException("the client went in the middle of a message");
            }
            if (header.isReply()) {
                // One that nobody asked for cannot be answered either.
                boolean _ = questions.answer(header, body);
                return true;
            }
            return answer(header, body, descriptors);
        }
    }

    private boolean answer(Header header, Image body, Descriptors descriptors) throws IOException {
        Reply reply;
        try {
            if (descriptors.truncated()) {
                throw new RefusedException(Errno.EINVAL, "too many descriptors");
            }
            reply = session.answer(Request.read(header, body, descriptors.size()), descriptors);
        } catch (RefusedException e) {
            reply = new Reply.Refused(e.errno());
        }
        // Before the client learns that they were not taken.
        descriptors.close();
        if (!header.noReply()) {
            socket.send(header.reply(reply), session.files(reply, regionFiles));
        }
        // Without a version there is nothing to go on with.
        return session.agreed();
    }

    /// Lets the device do what follows from accesses. While it waits for the client, more accesses
    /// are served, and what follows from those is done afterwards.
    private void settle() throws IOException {
        if (settling) {
            return;
        }
        settling = true;
        try {
            while (session.takeTouched()) {
                device.settle(this);
            }
        } finally {
            settling = false;
        }
    }

    @Override
    public Image read(long address, int count) throws IOException {
        DmaRead read = new DmaRead(address, count);
        try {
            synchronized (memoryLock) {
                Range range = range(address, count, false);
                if (range.mapping() != null) {
                    return range.mapping().memory().image(address - range.map().address(), count);
                }
            }
        } catch (MemoryLostException e) {
            throw new IOException(e.getMessage(), e);
        }
        DmaLayout layout = dmaLayout();
        try {
            Question question = ask(read);
            Header header = answered(question);
            read.check(header, question.body());
            return read.data(question.body(), layout);
        } catch (RefusedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void write(long address, Image data) throws IOException {
        try {
            synchronized (memoryLock) {
                Range range = range(address, data.size(), true);
                if (range.mapping() != null) {
                    range.mapping().memory().put(address - range.map().address(), data);
                    return;
                }
            }
        } catch (MemoryLostException e) {
            throw new IOException(e.getMessage(), e);
        }
        DmaWrite write = new DmaWrite(address, data, dmaLayout());
        try {
            Question question = ask(write);
            write.check(answered(question), question.body());
        } catch (RefusedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void raise(int index, int vector) throws IOException {
        interrupts.raise(index, vector);
    }

    /// How this client reads and writes the data of messages. It is asked once.
    private DmaLayout dmaLayout() throws IOException {
        DmaLayout layout = dmaLayout;
        if (layout == null) {
            layout = DmaLayout.of(answered(ask(DmaLayout.probe())));
            dmaLayout = layout;
        }
        return layout;
    }

    private Range range(long address, long count, boolean writing) throws IOException {
        try {
            return memory.range(address, count, writing);
        } catch (RefusedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Question ask(Request request) throws IOException {
        if (Thread.currentThread().equals(server) && !settling) {
            // Trap 2: the client waits for our answer and would not give its own.
            throw new IllegalStateException("a device may ask only when it settles");
        }
        Question question = questions.ask();
        if (question == null) {
            throw new IOException("the client is gone, or answers nothing");
        }
        socket.send(Header.command(question.id, request), List.of());
        return question;
    }

    /// The serving thread goes on serving meanwhile; others wait for it.
    private Header answered(Question question) throws IOException {
        try {
            if (!Thread.currentThread().equals(server)) {
                return present(questions.await(question));
            }
            Header header = questions.answered(question);
            while (header == null && serveOne()) {
                header = questions.answered(question);
            }
            return present(header);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the client", e);
        } finally {
            questions.forget(question);
        }
    }

    private static Header present(@Nullable Header header) throws IOException {
        if (header == null) {
            throw new EOFException("the client went before it answered");
        }
        return header;
    }

    /// Ends [#serve] of another thread.
    public void shutdown() {
        socket.shutdown();
    }

    /// Closes everything that came over the connection, and the connection. To be called by the
    /// thread that served it.
    @Override
    public void close() {
        questions.close();
        socket.close();
        interrupts.close();
        synchronized (memoryLock) {
            memory.close();
        }
    }
}
