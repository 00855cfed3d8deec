package igdrom.firmware;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What the reading of one image may cost, shared by the threads that read it.
final class Budget {
    /// Unpacked bytes in all. A 64 MiB image of today unpacks to less than half of it.
    static final long UNPACKED = 512L << 20;

    /// Parts in all. Real images have some ten thousand.
    static final int NODES = 200_000;

    /// Steps in a [igdrom.bytes.Place]. Real images have about twenty.
    static final int DEPTH = 64;

    private final AtomicLong unpacked = new AtomicLong(UNPACKED);
    private final AtomicInteger nodes = new AtomicInteger(NODES);

    /// How many bytes may still be unpacked.
    long unpackedLeft() {
        return Math.max(0, unpacked.get());
    }

    /// Takes `size` bytes if that many are left.
    boolean takeUnpacked(long size) {
        if (unpacked.addAndGet(-size) >= 0) {
            return true;
        }
        unpacked.addAndGet(size);
        return false;
    }

    boolean takeNode() {
        return nodes.get() > 0 && nodes.decrementAndGet() >= 0;
    }
}
