package igdrom.vfiouser.server;

import igdrom.bytes.Image;
import igdrom.vfiouser.wire.Header;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was asked of the client and is not answered yet.
final class PendingRequests {
    private final Map<Integer, Question> open = new HashMap<>();
    private int next;
    private boolean closed;

    /// One of them, which any thread may wait for.
    static final class Question {
        final int id;
        private @Nullable Header header;
        private Image body = Image.EMPTY;

        Question(int id) {
            this.id = id;
        }

        Image body() {
            return body;
        }
    }

    /// Null when the connection has ended, or when all ids are in use.
    synchronized @Nullable Question ask() {
        if (closed || open.size() > 0xffff) {
            return null;
        }
        while (open.containsKey(next)) {
            next = (next + 1) & 0xffff;
        }
        Question question = new Question(next);
        open.put(next, question);
        next = (next + 1) & 0xffff;
        return question;
    }

    /// False when nobody asked.
    synchronized boolean answer(Header header, Image body) {
        Question question = open.remove(header.id());
        if (question == null) {
            return false;
        }
        question.body = body;
        question.header = header;
        notifyAll();
        return true;
    }

    synchronized void forget(Question question) {
        open.remove(question.id);
    }

    /// The answer's header, null while there is none.
    synchronized @Nullable Header answered(Question question) {
        return question.header;
    }

    /// Waits for the answer, which another thread brings. Null when the connection ends before.
    synchronized @Nullable Header await(Question question) throws InterruptedException {
        while (question.header == null && !closed) {
            wait();
        }
        return question.header;
    }

    /// There will be no more answers.
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
