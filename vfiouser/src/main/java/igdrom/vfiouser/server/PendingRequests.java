package igdrom.vfiouser.server;

import igdrom.bytes.Image;
import igdrom.vfiouser.wire.Header;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The requests sent to the client that it has not replied to yet.
final class PendingRequests {
    private static final int MAX_IDS = 0x10000;

    private final Map<Integer, PendingRequest> pending = new HashMap<>();
    private int nextId;
    private boolean closed;

    /// One request; any thread may wait for its reply.
    static final class PendingRequest {
        final int id;
        private @Nullable Header header;
        private Image body = Image.EMPTY;

        PendingRequest(int id) {
            this.id = id;
        }

        /// The body of the reply, once there is one.
        Image body() {
            return body;
        }
    }

    /// Registers a request under a free message id. Null when the connection has ended or all ids
    /// are in use.
    synchronized @Nullable PendingRequest add() {
        if (closed || pending.size() >= MAX_IDS) {
            return null;
        }
        while (pending.containsKey(nextId)) {
            nextId = (nextId + 1) % MAX_IDS;
        }
        PendingRequest request = new PendingRequest(nextId);
        pending.put(nextId, request);
        nextId = (nextId + 1) % MAX_IDS;
        return request;
    }

    /// Hands a reply to its request. False when no request has its id.
    synchronized boolean complete(Header header, Image body) {
        PendingRequest request = pending.remove(header.id());
        if (request == null) {
            return false;
        }
        request.body = body;
        request.header = header;
        notifyAll();
        return true;
    }

    synchronized void remove(PendingRequest request) {
        pending.remove(request.id);
    }

    /// The header of the reply, null until it arrives.
    synchronized @Nullable Header reply(PendingRequest request) {
        return request.header;
    }

    /// Waits until another thread receives the reply. Null when the connection ends first.
    synchronized @Nullable Header await(PendingRequest request) throws InterruptedException {
        while (request.header == null && !closed) {
            wait();
        }
        return request.header;
    }

    /// Ends all waiting: no more replies will arrive.
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
