package igdrom.firmware;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Location;
import igdrom.formats.compress.ExpansionBudget;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What the reading of one image may cost, shared by the threads that read it.
final class Budget {
    /// Unpacked bytes in all. A 64 MiB image of today unpacks to less than half of it. While the
    /// last of them are unpacked, half as much again is in memory.
    static final long DECOMPRESSED = 512L << 20;

    /// Bytes searched for signatures in all, those in structures inside others again for each. Real
    /// images come to some four times what is in them.
    static final long SEARCHED = 8L << 30;

    /// What each search costs beside its bytes.
    private static final long EACH_SEARCH = 1 << 12;

    /// Parts in all. Real images have some ten thousand.
    static final int NODES = 200_000;

    /// Steps in a [igdrom.bytes.Location]. Real images have about twenty.
    static final int DEPTH = 64;

    private final ExpansionBudget decompressed = new ExpansionBudget(DECOMPRESSED);
    private final AtomicLong searched = new AtomicLong();
    private final AtomicInteger nodes = new AtomicInteger(NODES);

    /// What may still be unpacked.
    ExpansionBudget decompressed() {
        return decompressed;
    }

    /// Whether so many bytes may be put together out of pieces. `node` is told when not.
    ///
    /// @param location of the pieces
    boolean admits(long size, Location location, BranchBuilder node) {
        if (decompressed.take(size)) {
            return true;
        }
        node.add(
                Diagnostic.broken(
                        location,
                        0,
                        "more than "
                                + (DECOMPRESSED >> 20)
                                + " MiB unpacked in all: this is not read"));
        return false;
    }

    /// Whether so many bytes more may be searched.
    boolean takeSearch(long bytes) {
        return searched.addAndGet(bytes + EACH_SEARCH) <= SEARCHED;
    }

    boolean takeNode() {
        return nodes.get() > 0 && nodes.decrementAndGet() >= 0;
    }
}
