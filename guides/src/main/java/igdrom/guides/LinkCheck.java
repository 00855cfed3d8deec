package igdrom.guides;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks the links of all Markdown pages in a repository. It opens no connection: links that lead
/// out of the repository are not checked.
///
/// @param root of the repository
record LinkCheck(Path root) {
    /// What is wrong, a line for each link.
    List<String> problems() throws IOException {
        Map<Path, MarkdownPage> pages = Pages.below(root, Path.of(""));
        List<String> problems = new ArrayList<>();
        for (MarkdownPage page : pages.values()) {
            for (MarkdownPage.Target target : page.targets()) {
                problem(page, target.destination(), pages)
                        .ifPresent(problem ->
                                problems.add(
                                        page.path()
                                                + ":"
                                                + target.line()
                                                + ": "
                                                + target.destination()
                                                + ": "
                                                + problem));
            }
        }
        return problems;
    }

    private Optional<String> problem(
            MarkdownPage page, String destination, Map<Path, MarkdownPage> pages) {
        Optional<PageLink> link;
        try {
            link = PageLink.of(page.path(), destination);
        } catch (URISyntaxException e) {
            return Optional.of(e.getReason());
        }
        return link.flatMap(inside -> problem(inside, pages));
    }

    private Optional<String> problem(PageLink link, Map<Path, MarkdownPage> pages) {
        Path file = root.resolve(link.path());
        if (link.path().isAbsolute() || link.path().startsWith("..")) {
            return Optional.of("leads out of the repository");
        }
        if (!Files.exists(file)) {
            return Optional.of("there is no such file");
        }
        if (link.fragment().isEmpty()) {
            return Optional.empty();
        }
        Path shown = Files.isDirectory(file) ? link.path().resolve("README.md") : link.path();
        MarkdownPage page = pages.get(shown);
        if (page == null) {
            return Optional.of("only a page of Markdown has headings to link to");
        }
        return page.anchors().containsValue(link.fragment())
                ? Optional.empty()
                : Optional.of("the page has no heading with this anchor");
    }
}
