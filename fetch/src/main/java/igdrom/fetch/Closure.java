package igdrom.fetch;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Packages together with the libraries that they depend on, directly or not.
///
/// Dependencies other than libraries are left out: they are needed for installing (accounts,
/// settings) or hold files for which the caller names the package.
final class Closure {
    private static final int MAX_PACKAGES = 1000;

    private final PackageIndex index;
    private final Map<String, DebPackage> chosen = new LinkedHashMap<>();
    private final Deque<DebPackage> open = new ArrayDeque<>();

    private Closure(PackageIndex index) {
        this.index = index;
    }

    /// Resolves dependencies.
    ///
    /// @param withLibraries packages that will run, so their libraries are needed
    /// @param alone packages needed without their dependencies
    /// @throws ArchiveException when a package is missing or needed in two versions
    static List<DebPackage> of(
            PackageIndex index, Collection<Relation> withLibraries, Collection<Relation> alone)
            throws ArchiveException {
        Closure closure = new Closure(index);
        for (Relation wanted : withLibraries) {
            closure.choose(closure.require(wanted));
        }
        while (!closure.open.isEmpty()) {
            closure.addDependencies(closure.open.remove());
        }
        for (Relation wanted : alone) {
            DebPackage deb = closure.require(closure.inRequiredVersion(wanted));
            closure.chosen.putIfAbsent(deb.name(), deb);
        }
        return List.copyOf(closure.chosen.values());
    }

    private DebPackage require(Relation wanted) throws ArchiveException {
        DebPackage found = index.find(wanted);
        if (found == null) {
            throw new ArchiveException("package not found in the archive: " + wanted);
        }
        return found;
    }

    /// The same package, in the version that one of the chosen packages requires.
    private Relation inRequiredVersion(Relation wanted) {
        for (DebPackage deb : chosen.values()) {
            for (List<Relation> group : deb.dependencies()) {
                for (Relation needed : group) {
                    if (needed.name().equals(wanted.name()) && !needed.operator().isEmpty()) {
                        return needed;
                    }
                }
            }
        }
        return wanted;
    }

    private void addDependencies(DebPackage deb) throws ArchiveException {
        if (!deb.equals(chosen.get(deb.name()))) {
            // Replaced by a newer version.
            return;
        }
        for (List<Relation> group : deb.dependencies()) {
            if (!isSatisfied(group)) {
                DebPackage found = find(group);
                if (found == null) {
                    throw new ArchiveException(
                            deb
                                    + " depends on "
                                    + group.getFirst()
                                    + ", which is not in the archive");
                }
                if (found.isLibrary()) {
                    choose(found);
                }
            }
        }
    }

    private @Nullable DebPackage find(List<Relation> group) {
        for (Relation wanted : group) {
            DebPackage found = index.find(wanted);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private boolean isSatisfied(List<Relation> group) {
        for (Relation wanted : group) {
            DebPackage same = chosen.get(wanted.name());
            if (same != null && wanted.isSatisfiedBy(same.version())) {
                return true;
            }
            for (DebPackage other : chosen.values()) {
                if (!other.provides().isEmpty() && PackageIndex.provides(other, wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void choose(DebPackage deb) throws ArchiveException {
        DebPackage before = chosen.get(deb.name());
        if (before != null && before.version().compareTo(deb.version()) >= 0) {
            if (before.equals(deb)) {
                return;
            }
            throw new ArchiveException(
                    deb.name()
                            + " is needed in versions "
                            + before.version().text()
                            + " and "
                            + deb.version().text());
        }
        if (chosen.size() >= MAX_PACKAGES) {
            throw new ArchiveException("more than " + MAX_PACKAGES + " packages are needed");
        }
        chosen.put(deb.name(), deb);
        open.add(deb);
    }
}
