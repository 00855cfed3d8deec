package igdrom.bench.debian;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Some packages, and the libraries that they and those need.
///
/// Other packages that are needed are left out: they serve the installation (accounts, settings) or
/// hold files that those who ask name themselves.
public final class Closure {
    private static final int MOST_PACKAGES = 1000;

    private final PackageIndex index;
    private final Map<String, DebPackage> chosen = new LinkedHashMap<>();
    private final Deque<DebPackage> open = new ArrayDeque<>();

    private Closure(PackageIndex index) {
        this.index = index;
    }

    /// Which packages these come to.
    ///
    /// @param withLibraries packages that will run, with what they need
    /// @param alone packages that are wanted for some of their files
    public static List<DebPackage> of(
            PackageIndex index, Collection<Relation> withLibraries, Collection<Relation> alone)
            throws ArchiveException {
        Closure closure = new Closure(index);
        for (Relation wanted : withLibraries) {
            closure.choose(closure.mustFind(wanted));
        }
        while (!closure.open.isEmpty()) {
            closure.addNeeds(closure.open.remove());
        }
        for (Relation wanted : alone) {
            DebPackage one = closure.mustFind(closure.asNeeded(wanted));
            closure.chosen.putIfAbsent(one.name(), one);
        }
        return List.copyOf(closure.chosen.values());
    }

    private DebPackage mustFind(Relation wanted) throws ArchiveException {
        DebPackage found = index.find(wanted);
        if (found == null) {
            throw new ArchiveException("the archive has no package " + wanted);
        }
        return found;
    }

    /// The same package, of the version that one of those chosen asks for.
    private Relation asNeeded(Relation wanted) {
        for (DebPackage one : chosen.values()) {
            for (List<Relation> group : one.needs()) {
                for (Relation needed : group) {
                    if (needed.name().equals(wanted.name()) && !needed.operator().isEmpty()) {
                        return needed;
                    }
                }
            }
        }
        return wanted;
    }

    private void addNeeds(DebPackage one) throws ArchiveException {
        if (!one.equals(chosen.get(one.name()))) {
            // A newer version took its place.
            return;
        }
        for (List<Relation> group : one.needs()) {
            if (!isSatisfied(group)) {
                DebPackage found = find(group);
                if (found == null) {
                    throw new ArchiveException(
                            one
                                    + " needs "
                                    + group.getFirst()
                                    + ", which the archive does not have");
                }
                if (found.runsWithOthers()) {
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

    private void choose(DebPackage one) throws ArchiveException {
        DebPackage before = chosen.get(one.name());
        if (before != null && before.version().compareTo(one.version()) >= 0) {
            if (before.equals(one)) {
                return;
            }
            throw new ArchiveException(
                    one.name()
                            + " is needed in version "
                            + before.version().text()
                            + " and in "
                            + one.version().text());
        }
        if (chosen.size() >= MOST_PACKAGES) {
            throw new ArchiveException("more than " + MOST_PACKAGES + " packages are needed");
        }
        chosen.put(one.name(), one);
        open.add(one);
    }
}
