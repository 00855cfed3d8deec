package igdrom.bench.debian;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The packages of several suites. Those of a suite that was added earlier are preferred where they
/// will do.
public final class PackageIndex {
    private static final Set<String> WANTED =
            Set.of(
                    "package",
                    "version",
                    "section",
                    "depends",
                    "pre-depends",
                    "provides",
                    "filename",
                    "size",
                    "sha256",
                    "installed-size");
    private static final int MOST_PACKAGES = 1_000_000;

    private final Map<String, List<DebPackage>> byName = new HashMap<>();
    private final Map<String, List<DebPackage>> byOtherName = new HashMap<>();
    private int count;

    /// Adds a suite's `Packages` file.
    ///
    /// @param what for complaints: where it comes from
    public void add(InputStream packages, String what) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(packages, StandardCharsets.ISO_8859_1), 1 << 16);
        Stanza next = Stanza.read(in, WANTED);
        while (next != null) {
            if (++count > MOST_PACKAGES) {
                throw new UntrustedException(what, "more than " + MOST_PACKAGES + " packages");
            }
            add(DebPackage.of(next, what));
            next = Stanza.read(in, WANTED);
        }
    }

    private void add(DebPackage one) {
        byName.computeIfAbsent(one.name(), _ -> new ArrayList<>(1)).add(one);
        if (!one.provides().isEmpty()) {
            for (Relation name : one.names()) {
                byOtherName.computeIfAbsent(name.name(), _ -> new ArrayList<>(1)).add(one);
            }
        }
    }

    public int size() {
        return count;
    }

    /// The package to take, or null when there is none.
    public @Nullable DebPackage find(Relation wanted) {
        for (DebPackage one : byName.getOrDefault(wanted.name(), List.of())) {
            if (wanted.isSatisfiedBy(one.version())) {
                return one;
            }
        }
        for (DebPackage one : byOtherName.getOrDefault(wanted.name(), List.of())) {
            if (provides(one, wanted)) {
                return one;
            }
        }
        return null;
    }

    static boolean provides(DebPackage one, Relation wanted) {
        for (Relation name : one.names()) {
            if (name.name().equals(wanted.name())
                    && (wanted.operator().isEmpty()
                            || (name.operator().equals("=")
                                    && wanted.isSatisfiedBy(name.version())))) {
                return true;
            }
        }
        return false;
    }
}
