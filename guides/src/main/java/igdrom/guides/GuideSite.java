package igdrom.guides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The pages of the documentation, as files that link to each other.
///
/// @param root of the repository
/// @param version of igdrom
/// @param pages by their paths, in the order of the index
record GuideSite(Path root, String version, Map<Path, MarkdownPage> pages) {
    static final Path INDEX = Path.of("index.html");

    private static final Path DOCS = Path.of("docs");
    private static final List<Path> FIRST =
            List.of(Path.of("README.md"), DOCS.resolve("guides.md"), Path.of("CHANGELOG.md"));

    /// README, the changelog and everything in `docs`, directory by directory.
    static GuideSite of(Path root, String version) throws IOException {
        Map<Path, MarkdownPage> pages = new LinkedHashMap<>();
        for (Path path : FIRST) {
            if (Files.exists(root.resolve(path))) {
                pages.put(path, MarkdownPage.read(root, path));
            }
        }
        Map<Path, MarkdownPage> docs = Pages.below(root, DOCS);
        docs.keySet().stream()
                .sorted(Comparator.comparing(GuideSite::directory).thenComparing(path -> path))
                .forEach(path -> pages.putIfAbsent(path, docs.get(path)));
        return new GuideSite(root, version, pages);
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
        write(directory, INDEX, index());
    }

    private String index() {
        StringBuilder body = new StringBuilder("<h1>igdrom " + Html.escape(version) + "</h1>\n");
        String group = "";
        for (MarkdownPage page : pages.values()) {
            String own = group(page.path());
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
    private static String group(Path page) {
        Path directory = page.getParent();
        if (directory == null || FIRST.contains(page)) {
            return "Overview";
        }
        if (directory.equals(DOCS)) {
            return "Pages";
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
