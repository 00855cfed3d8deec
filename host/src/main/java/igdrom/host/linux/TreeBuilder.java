package igdrom.host.linux;

import igdrom.bytes.Image;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Collects what was read, without identifiers, for a directory that gives the same facts.
///
/// A link becomes a file with the path that it contains, since archives, git on some systems and
/// uploads lose links; [HostPaths.Recorded] follows such files.
public final class TreeBuilder {
    private final Map<String, Image> files = new TreeMap<>();
    private final Set<String> directories = new TreeSet<>();

    TreeBuilder() {}

    void file(String path, Image content) {
        files.put(path, content);
    }

    /// A file that is there, but whose content was not read. It becomes an empty one, which is an
    /// unknown fact too.
    void unreadable(String path) {
        files.putIfAbsent(path, Image.EMPTY);
    }

    void directory(String path) {
        directories.add(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    /// Contents by absolute path on the machine.
    public Map<String, Image> files() {
        Map<String, Image> below = new TreeMap<>(files);
        below.keySet().removeAll(directories);
        return below;
    }

    /// Absolute paths of directories that were looked at, also of empty ones.
    public Set<String> directories() {
        return Set.copyOf(directories);
    }
}
