package igdrom.fetch;

import java.util.ArrayList;
import java.util.List;

/// The packages that a [Fetcher] fetched.
///
/// @param packages name and version of each
/// @param bytes of all packages together
/// @param mirror the mirror's URL, without a password
public record Fetched(List<String> packages, long bytes, String mirror) {
    public static final Fetched NOTHING = new Fetched(List.of(), 0, "");

    public Fetched {
        packages = List.copyOf(packages);
    }

    /// These and the packages that were fetched after them.
    public Fetched and(Fetched more) {
        List<String> all = new ArrayList<>(packages);
        all.addAll(more.packages);
        return new Fetched(all, bytes + more.bytes, more.mirror);
    }
}
