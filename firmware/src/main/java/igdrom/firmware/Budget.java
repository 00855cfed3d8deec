package igdrom.firmware;

import igdrom.bytes.Finding;
import igdrom.bytes.Place;
import igdrom.formats.compress.Unpacked;
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

    /// Whether what was unpacked may be looked into. `node` is told when not, and of damage.
    ///
    /// @param place of the packed data
    boolean admits(Unpacked unpacked, Place place, BranchBuilder node) {
        if (unpacked instanceof Unpacked.Damaged damaged) {
            node.add(damaged.damage());
        }
        return admits(unpacked.bytes().size(), place, node);
    }

    /// Whether so many bytes more may be unpacked, or put together out of pieces. `node` is told
    /// when not.
    ///
    /// @param place of the packed data, or of the pieces
    boolean admits(long size, Place place, BranchBuilder node) {
        if (takeUnpacked(size)) {
            return true;
        }
        node.add(
                Finding.broken(
                        place,
                        0,
                        "more than "
                                + (UNPACKED >> 20)
                                + " MiB unpacked in all: this is not read"));
        return false;
    }

    private boolean takeUnpacked(long size) {
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
