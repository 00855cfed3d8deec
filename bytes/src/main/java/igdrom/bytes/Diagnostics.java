package igdrom.bytes;

import java.util.ArrayList;
import java.util.List;

/// Collects the diagnostics of a reader. A hostile image can cause millions of them, so only the
/// first [#MAX_KEPT] are kept; the others are counted.
///
/// Not thread-safe: give each thread its own and join them with [#addAll], in input order.
public final class Diagnostics {
    public static final int MAX_KEPT = 1000;

    private final List<Diagnostic> kept = new ArrayList<>();
    private long dropped;

    public void add(Diagnostic diagnostic) {
        if (kept.size() < MAX_KEPT) {
            kept.add(diagnostic);
        } else {
            dropped++;
        }
    }

    /// Adds a problem that cost no content.
    ///
    /// @param offset from the start of `location`
    public void odd(Location location, long offset, String problem) {
        add(Diagnostic.odd(location, offset, problem));
    }

    /// Adds a problem that cost no content.
    ///
    /// @param offset from the start of `location`
    /// @param pattern of [String#format], with `values` for its placeholders
    public void odd(Location location, long offset, String pattern, Object... values) {
        odd(location, offset, String.format(pattern, values));
    }

    /// Adds a problem that left a part of the input unread.
    ///
    /// @param offset from the start of `location`
    public void broken(Location location, long offset, String problem) {
        add(Diagnostic.broken(location, offset, problem));
    }

    /// Adds a problem that left a part of the input unread.
    ///
    /// @param offset from the start of `location`
    /// @param pattern of [String#format], with `values` for its placeholders
    public void broken(Location location, long offset, String pattern, Object... values) {
        broken(location, offset, String.format(pattern, values));
    }

    public void addAll(Diagnostics others) {
        others.kept.forEach(this::add);
        dropped += others.dropped;
    }

    public List<Diagnostic> list() {
        return List.copyOf(kept);
    }

    /// The number of diagnostics that were not kept.
    public long dropped() {
        return dropped;
    }
}
