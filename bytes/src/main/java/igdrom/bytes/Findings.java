package igdrom.bytes;

import java.util.ArrayList;
import java.util.List;

/// Collects findings while something is read. A hostile image can cause millions of them, so only
/// the first [#LIMIT] are kept and the rest are counted.
///
/// Not thread-safe: each reading thread has its own, joined by [#addAll] in the order of the input.
public final class Findings {
    public static final int LIMIT = 1000;

    private final List<Finding> kept = new ArrayList<>();
    private long dropped;

    public void add(Finding finding) {
        if (kept.size() < LIMIT) {
            kept.add(finding);
        } else {
            dropped++;
        }
    }

    public void addAll(Findings others) {
        others.kept.forEach(this::add);
        dropped += others.dropped;
    }

    public List<Finding> list() {
        return List.copyOf(kept);
    }

    /// How many were not kept.
    public long dropped() {
        return dropped;
    }
}
