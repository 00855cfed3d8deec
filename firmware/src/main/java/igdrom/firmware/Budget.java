package igdrom.firmware;

import igdrom.formats.compress.ExpansionBudget;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Limits on the work for one image, shared by the threads that read it.
final class Budget {
    /// Bytes searched for signatures in all. Bytes in nested structures count once for each search.
    /// Real images take about four times their decompressed size.
    static final long MAX_SEARCHED_BYTES = 8L << 30;

    /// The cost of each search in addition to its bytes.
    private static final long SEARCH_OVERHEAD = 1 << 12;

    /// Parts in all. Real images have some ten thousand.
    static final int MAX_NODES = 200_000;

    /// Steps in a [igdrom.bytes.Location]. Real images have about twenty.
    static final int MAX_DEPTH = 64;

    private final ExpansionBudget decompressed =
            new ExpansionBudget(MemoryLimit.decompressedBytes());
    private final AtomicLong searched = new AtomicLong();
    private final AtomicInteger nodes = new AtomicInteger(MAX_NODES);

    /// The bytes that may still be decompressed.
    ExpansionBudget decompressed() {
        return decompressed;
    }

    /// Whether `bytes` more may be searched.
    boolean takeSearch(long bytes) {
        return searched.addAndGet(bytes + SEARCH_OVERHEAD) <= MAX_SEARCHED_BYTES;
    }

    /// Whether one more part may be read.
    boolean takeNode() {
        return nodes.get() > 0 && nodes.decrementAndGet() >= 0;
    }
}
