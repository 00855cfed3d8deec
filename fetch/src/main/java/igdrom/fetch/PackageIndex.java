package igdrom.fetch;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/// The packages of several suites. When several satisfy a dependency, the one from the suite added
/// first is taken.
final class PackageIndex {
    private static final Set<String> FIELDS =
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
    private static final int MAX_PACKAGES = 1_000_000;
    private static final int MAX_MEMORY_KIB = 128 * 1024;

    private final Map<String, List<DebPackage>> byName = new HashMap<>();
    private final Map<String, List<DebPackage>> byProvidedName = new HashMap<>();
    private int count;

    /// Adds a suite's `Packages.xz`.
    ///
    /// @param location for messages
    void add(Path file, String location) throws IOException {
        try (InputStream in =
                new XZInputStream(
                        new BufferedInputStream(Files.newInputStream(file), 1 << 16),
                        MAX_MEMORY_KIB)) {
            add(in, location);
        } catch (XZIOException | EOFException e) {
            throw new UntrustedException(location, "cannot be decompressed: " + e.getMessage());
        }
    }

    void add(InputStream packages, String location) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(packages, StandardCharsets.ISO_8859_1), 1 << 16);
        Stanza next = Stanza.read(in, FIELDS);
        while (next != null) {
            if (++count > MAX_PACKAGES) {
                throw new UntrustedException(location, "more than " + MAX_PACKAGES + " packages");
            }
            add(DebPackage.of(next, location));
            next = Stanza.read(in, FIELDS);
        }
    }

    private void add(DebPackage deb) {
        byName.computeIfAbsent(deb.name(), _ -> new ArrayList<>(1)).add(deb);
        if (!deb.provides().isEmpty()) {
            for (Relation name : deb.provided()) {
                byProvidedName.computeIfAbsent(name.name(), _ -> new ArrayList<>(1)).add(deb);
            }
        }
    }

    /// The package that satisfies a dependency, or null.
    @Nullable DebPackage find(Relation wanted) {
        for (DebPackage deb : byName.getOrDefault(wanted.name(), List.of())) {
            if (wanted.isSatisfiedBy(deb.version())) {
                return deb;
            }
        }
        for (DebPackage deb : byProvidedName.getOrDefault(wanted.name(), List.of())) {
            if (provides(deb, wanted)) {
                return deb;
            }
        }
        return null;
    }

    static boolean provides(DebPackage deb, Relation wanted) {
        for (Relation name : deb.provided()) {
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
