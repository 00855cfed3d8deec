package igdrom.vfiouser.server;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.MemoryLostException;
import igdrom.linux.Descriptor;
import igdrom.linux.Descriptors;
import igdrom.linux.UnixSocket;
import igdrom.vfiouser.server.FileMappings.SharedMapping;
import igdrom.vfiouser.server.GuestMemory.Range;
import igdrom.vfiouser.server.PendingRequests.PendingRequest;
import igdrom.vfiouser.wire.DmaLayout;
import igdrom.vfiouser.wire.DmaRead;
import igdrom.vfiouser.wire.DmaWrite;
import igdrom.vfiouser.wire.Errno;
import igdrom.vfiouser.wire.Guest;
import igdrom.vfiouser.wire.Header;
import igdrom.vfiouser.wire.PciDevice;
import igdrom.vfiouser.wire.RefusedException;
import igdrom.vfiouser.wire.Reply;
import igdrom.vfiouser.wire.Request;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A connection with one client of a device, served by the thread that calls [#serve].
///
/// It is also the [Guest] of that client, and any thread may use it as such.
public final class Connection implements Guest, AutoCloseable {
    private final UnixSocket socket;
    private final PciDevice device;
    private final Map<Integer, Descriptor> regionFiles;
    private final IrqVectors irqVectors;
    private final Session session;
    private final PendingRequests pending = new PendingRequests();
    private final Object memoryLock = new Object();
    private final GuestMemory memory = new GuestMemory();
    private volatile @Nullable DmaLayout dmaLayout;
    private volatile @Nullable Thread servingThread;
    private boolean settling;

    /// A connection over this socket. Closing the connection closes the socket.
    ///
    /// @param regionFiles the file to map for each mappable region, by region index; the caller
    ///   keeps them open and closes them
    public Connection(UnixSocket socket, PciDevice device, Map<Integer, Descriptor> regionFiles) {
        this.socket = socket;
        this.device = device;
        this.regionFiles = Map.copyOf(regionFiles);
        this.irqVectors = new IrqVectors(device.layout());
        this.session = new Session(device, irqVectors, memory, memoryLock);
        device.layout().regions().stream()
                .filter(region -> region.mappable() && !regionFiles.containsKey(region.index()))
                .findAny()
                .ifPresent(region -> {
                    throw new IllegalArgumentException(
                            "region %d is mappable but has no file".formatted(region.index()));
                });
    }

    /// Serves requests until the client disconnects or [#shutdown] is called.
    ///
    /// @throws IOException when the client disconnects in the middle of a message, or the socket
    ///   fails
    /// @throws MalformedImageException when the client sends an invalid message size
    public void serve() throws IOException {
        servingThread = Thread.currentThread();
        try {
            while (serveOne()) {
                settle();
            }
        } finally {
            servingThread = null;
            pending.close();
        }
    }

    /// Serves one message. False when the connection is over.
    private boolean serveOne() throws IOException {
        try (Descriptors descriptors = new Descriptors()) {
            Image head = socket.receive(Header.SIZE, descriptors);
            if (head.isEmpty()) {
                return false;
            }
            if (head.size() < Header.SIZE) {
                throw new EOFException("the client disconnected in the middle of a header");
            }
            Header header = Header.read(head);
            Image body = socket.receive(header.bodySize());
            if (body.size() < header.bodySize()) {
                throw new EOFException("the client disconnected in the middle of a message");
            }
            if (header.isReply()) {
                // A reply that matches no request is dropped: the protocol has no reply to a reply.
                boolean _ = pending.complete(header, body);
                return true;
            }
            return handle(header, body, descriptors);
        }
    }

    private boolean handle(Header header, Image body, Descriptors descriptors) throws IOException {
        Reply reply;
        try {
            if (descriptors.truncated()) {
                throw new RefusedException(Errno.EINVAL, "too many descriptors");
            }
            reply = session.handle(Request.read(header, body, descriptors.size()), descriptors);
        } catch (RefusedException e) {
            reply = new Reply.Refused(e.errno());
        }
        // Close untaken descriptors first, so that they are gone when the client sees the reply.
        descriptors.close();
        if (!header.noReply()) {
            socket.send(header.reply(reply), session.files(reply, regionFiles));
        }
        // A refused VERSION ends the connection.
        return session.negotiated();
    }

    /// Lets the device act on the guest after its accesses were answered. While the device waits
    /// for the client, further accesses are served; the loop then settles those too.
    private void settle() throws IOException {
        if (settling) {
            return;
        }
        settling = true;
        try {
            while (session.takeAccessed()) {
                device.settle(this);
            }
        } finally {
            settling = false;
        }
    }

    @Override
    public Image read(long address, int count) throws IOException {
        check(address, count, false);
        Emitter out = new Emitter();
        while (out.position() < count) {
            long done = out.position();
            out.image(readPiece(address + done, (int) (count - done)));
        }
        return out.toImage();
    }

    /// Reads the bytes at an address that are in the same range, at most `count`.
    private Image readPiece(long address, int count) throws IOException {
        int size;
        try {
            synchronized (memoryLock) {
                Range range = range(address, false);
                size = (int) Math.min(count, range.after(address));
                SharedMapping shared = range.mapping();
                if (shared != null) {
                    return shared.mapping().memory().image(range.offset(address), size);
                }
            }
        } catch (MemoryLostException e) {
            throw new IOException(e.getMessage(), e);
        }
        size = Math.min(size, Header.MAX_DATA_XFER_SIZE);
        DmaRead read = new DmaRead(address, size);
        DmaLayout layout = dmaLayout();
        try {
            PendingRequest request = send(read);
            Header header = awaitReply(request);
            read.checkReply(header, request.body());
            return read.data(request.body(), layout);
        } catch (RefusedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void write(long address, Image data) throws IOException {
        check(address, data.size(), true);
        long done = 0;
        while (done < data.size()) {
            done += writePiece(address + done, data.slice(done, data.size() - done));
        }
    }

    /// Writes the first bytes that are in the same range, and returns their number.
    private long writePiece(long address, Image data) throws IOException {
        long size;
        try {
            synchronized (memoryLock) {
                Range range = range(address, true);
                size = Math.min(data.size(), range.after(address));
                SharedMapping shared = range.mapping();
                if (shared != null) {
                    shared.mapping().memory().put(range.offset(address), data.slice(0, size));
                    return size;
                }
            }
        } catch (MemoryLostException e) {
            throw new IOException(e.getMessage(), e);
        }
        size = Math.min(size, Header.MAX_DATA_XFER_SIZE);
        DmaWrite write = new DmaWrite(address, data.slice(0, size), dmaLayout());
        try {
            PendingRequest request = send(write);
            write.checkReply(awaitReply(request), request.body());
            return size;
        } catch (RefusedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void raise(int index, int vector) throws IOException {
        irqVectors.raise(index, vector);
    }

    /// The layout of DMA messages that this client uses. It is probed once per connection.
    private DmaLayout dmaLayout() throws IOException {
        DmaLayout layout = dmaLayout;
        if (layout == null) {
            layout = DmaLayout.of(awaitReply(send(DmaLayout.probe())));
            dmaLayout = layout;
        }
        return layout;
    }

    /// Checks that all of these bytes are there before the first one is read or written.
    private void check(long address, long count, boolean writing) throws IOException {
        try {
            synchronized (memoryLock) {
                memory.check(address, count, writing);
            }
        } catch (RefusedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Range range(long address, boolean writing) throws IOException {
        try {
            return memory.range(address, writing);
        } catch (RefusedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private PendingRequest send(Request message) throws IOException {
        if (Thread.currentThread().equals(servingThread) && !settling) {
            // The client waits for our reply to its access and sends none of its own until then:
            // a request now would deadlock both sides.
            throw new IllegalStateException("a device may use its guest only in settle()");
        }
        PendingRequest request = pending.add();
        if (request == null) {
            throw new IOException("the client has disconnected, or all message ids are in use");
        }
        socket.send(Header.command(request.id, message), List.of());
        return request;
    }

    /// Waits for the reply. The serving thread keeps serving meanwhile; other threads wait for it.
    private Header awaitReply(PendingRequest request) throws IOException {
        try {
            if (!Thread.currentThread().equals(servingThread)) {
                return requireReply(pending.await(request));
            }
            Header header = pending.reply(request);
            while (header == null && serveOne()) {
                header = pending.reply(request);
            }
            return requireReply(header);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the client", e);
        } finally {
            pending.remove(request);
        }
    }

    private static Header requireReply(@Nullable Header header) throws IOException {
        if (header == null) {
            throw new EOFException("the client disconnected before it replied");
        }
        return header;
    }

    /// Makes [#serve] return, from any thread.
    public void shutdown() {
        socket.shutdown();
    }

    /// Closes the connection and everything received over it. The serving thread calls this after
    /// [#serve] returns.
    @Override
    public void close() {
        pending.close();
        socket.close();
        irqVectors.close();
        synchronized (memoryLock) {
            memory.close();
        }
    }
}
