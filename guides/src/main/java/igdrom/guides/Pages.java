package igdrom.guides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The Markdown pages of a repository, by their paths below its root.
final class Pages {
    private static final String SUFFIX = ".md";

    /// Directories with what is made or fetched.
    private static final Set<String> SKIPPED = Set.of("target", "dist", "node_modules");

    private Pages() {}

    /// All pages below a directory, such as the root itself; without the directories of tools.
    ///
    /// @param directory below the root
    static Map<Path, MarkdownPage> below(Path root, Path directory) throws IOException {
        Map<Path, MarkdownPage> pages = new TreeMap<>(Comparator.naturalOrder());
        collect(root, root.resolve(directory), pages);
        return pages;
    }

    private static void collect(Path root, Path directory, Map<Path, MarkdownPage> pages)
            throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry)) {
                    if (!SKIPPED.contains(name) && !name.startsWith(".")) {
                        collect(root, entry, pages);
                    }
                } else if (name.endsWith(SUFFIX)) {
                    Path path = root.relativize(entry);
                    pages.put(path, MarkdownPage.read(root, path));
                }
            }
        }
    }
}
