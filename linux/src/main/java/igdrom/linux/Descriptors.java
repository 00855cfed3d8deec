package igdrom.linux;

import java.util.ArrayDeque;
import java.util.Deque;

/// The descriptors that came with a message. Those that nobody takes are closed with it.
public final class Descriptors implements AutoCloseable {
    private final Deque<Descriptor> waiting = new ArrayDeque<>();
    private boolean truncated;

    void add(Descriptor descriptor) {
        waiting.add(descriptor);
    }

    void truncate() {
        truncated = true;
    }

    /// More were sent than there was room for; the kernel has closed the rest.
    public boolean truncated() {
        return truncated;
    }

    public int size() {
        return waiting.size();
    }

    /// The next one, which belongs to the caller from now on.
    ///
    /// @throws java.util.NoSuchElementException when there is none
    public Descriptor take() {
        return waiting.remove();
    }

    @Override
    public void close() {
        while (!waiting.isEmpty()) {
            waiting.remove().close();
        }
    }
}
