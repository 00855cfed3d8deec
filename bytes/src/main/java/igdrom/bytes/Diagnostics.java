package igdrom.bytes;

import java.util.ArrayList;
import java.util.List;

/// Collects findings while something is read. A hostile image can cause millions of them, so only
/// the first [#LIMIT] are kept and the rest are counted.
///
/// Not thread-safe: each reading thread has its own, joined by [#addAll] in the order of the input.
public final class Diagnostics {
    public static final int LIMIT = 1000;

    private final List<Diagnostic> kept = new ArrayList<>();
    private long dropped;

    public void add(Diagnostic diagnostic) {
        if (kept.size() < LIMIT) {
            kept.add(diagnostic);
        } else {
            dropped++;
        }
    }

    /// Adds a diagnostic about something that does not hinder the reading.
    ///
    /// @param offset from the start of `location`
    /// @param pattern of [String#format], with `values` for its placeholders
    public void odd(Location location, long offset, String pattern, Object... values) {
        add(Diagnostic.odd(location, offset, String.format(pattern, values)));
    }

    /// Adds a diagnostic about something that could not be read and is missing from the result.
    ///
    /// @param offset from the start of `location`
    /// @param pattern of [String#format], with `values` for its placeholders
    public void broken(Location location, long offset, String pattern, Object... values) {
        add(Diagnostic.broken(location, offset, String.format(pattern, values)));
    }

    public void addAll(Diagnostics others) {
        others.kept.forEach(this::add);
        dropped += others.dropped;
    }

    public List<Diagnostic> list() {
        return List.copyOf(kept);
    }

    /// How many were not kept.
    public long dropped() {
        return dropped;
    }
}
