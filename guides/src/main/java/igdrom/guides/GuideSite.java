package igdrom.guides;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The pages of the documentation, as files that link to each other.
///
/// @param root of the repository
/// @param version of igdrom
/// @param pages by their paths, in the order of the index
record GuideSite(Path root, String version, Map<Path, MarkdownPage> pages) {
    static final Path INDEX = Path.of("index.html");

    private static final Path DOCS = Path.of("docs");
    private static final Path README = Path.of("README.md");
    private static final Path GUIDES = DOCS.resolve("guides.md");
    private static final List<Path> FIRST = List.of(README, GUIDES, Path.of("CHANGELOG.md"));

    /// README, the changelog and everything in `docs`: first the guides as their list has them,
    /// then the other pages as README leads to them, then the rest, directory by directory.
    static GuideSite of(Path root, String version) throws IOException {
        Map<Path, MarkdownPage> all = Pages.below(root, DOCS);
        for (Path path : FIRST) {
            if (Files.exists(root.resolve(path))) {
                all.put(path, MarkdownPage.read(root, path));
            }
        }
        Set<Path> order = new LinkedHashSet<>(FIRST);
        order.addAll(linked(all.get(GUIDES)));
        order.addAll(linked(all.get(README)));
        all.keySet().stream()
                .sorted(Comparator.comparing(GuideSite::directory).thenComparing(path -> path))
                .forEach(order::add);
        Map<Path, MarkdownPage> pages = new LinkedHashMap<>();
        for (Path path : order) {
            if (all.containsKey(path)) {
                pages.put(path, all.get(path));
            }
        }
        return new GuideSite(root, version, pages);
    }

    /// The pages in `docs` itself that a page leads to, in its order.
    private static List<Path> linked(@Nullable MarkdownPage page) {
        return page == null
                ? List.of()
                : page.targets().stream()
                        .flatMap(target -> link(page.path(), target).stream())
                        .filter(path -> DOCS.equals(path.getParent()))
                        .toList();
    }

    private static Optional<Path> link(Path page, MarkdownPage.Target target) {
        try {
            return PageLink.of(page, target.destination()).map(PageLink::path);
        } catch (URISyntaxException e) {
            return Optional.empty(); // The check of links names it.
        }
    }

    /// The file that a page is written to: `docs/gpus.md` becomes `gpus.html`.
    static Path file(Path page) {
        String name = page.getFileName().toString().replaceFirst("\\.md$", ".html");
        return shown(page).resolveSibling(name);
    }

    /// The path of a page or a picture without `docs`.
    static Path shown(Path path) {
        return path.startsWith(DOCS) ? DOCS.relativize(path) : path;
    }

    void write(Path directory) throws IOException {
        // Before the renderers change where the links lead.
        write(directory, INDEX, index());
        TreeSet<Path> pictures = new TreeSet<>();
        for (MarkdownPage page : pages.values()) {
            GuideRenderer renderer = new GuideRenderer(this, page);
            write(directory, file(page.path()), renderer.html());
            pictures.addAll(renderer.pictures());
        }
        for (Path picture : pictures) {
            Path copy = directory.resolve(shown(picture));
            Files.createDirectories(copy.getParent());
            Files.copy(root.resolve(picture), copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String index() {
        StringBuilder body = new StringBuilder("<h1>igdrom " + Html.escape(version) + "</h1>\n");
        List<Path> guides = linked(pages.get(GUIDES));
        String group = "";
        for (MarkdownPage page : pages.values()) {
            String own = group(page.path(), guides);
            if (!own.equals(group)) {
                body.append(group.isEmpty() ? "" : "</ul>\n");
                body.append("<h2>").append(Html.escape(own)).append("</h2>\n<ul>\n");
                group = own;
            }
            body.append("<li><a href=\"")
                    .append(Html.escape(file(page.path()).toString()))
                    .append("\">")
                    .append(Html.escape(page.title()))
                    .append("</a></li>\n");
        }
        return Html.page("igdrom " + version, "", body.append("</ul>\n").toString());
    }

    /// The heading of the index that a page is listed under.
    private static String group(Path page, List<Path> guides) {
        Path directory = page.getParent();
        if (directory == null || FIRST.contains(page)) {
            return "Overview";
        }
        if (directory.equals(DOCS)) {
            return guides.contains(page) ? "Guides" : "More pages";
        }
        String name = directory.getFileName().toString();
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String directory(Path page) {
        return String.valueOf(page.getParent());
    }

    private static void write(Path directory, Path file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
