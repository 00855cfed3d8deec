package igdrom.linux;

import java.util.ArrayDeque;
import java.util.Deque;

/// The descriptors that were received with a message. [#close] closes those that were not taken.
public final class Descriptors implements AutoCloseable {
    private final Deque<Descriptor> pending = new ArrayDeque<>();
    private boolean truncated;

    void add(Descriptor descriptor) {
        pending.add(descriptor);
    }

    void setTruncated() {
        truncated = true;
    }

    /// Whether more descriptors were sent than the buffer can hold; the kernel has closed the rest.
    public boolean truncated() {
        return truncated;
    }

    public int size() {
        return pending.size();
    }

    /// Removes the next descriptor, which the caller must close.
    ///
    /// @throws java.util.NoSuchElementException when none is left
    public Descriptor take() {
        return pending.remove();
    }

    @Override
    public void close() {
        while (!pending.isEmpty()) {
            pending.remove().close();
        }
    }
}
