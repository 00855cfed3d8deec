package igdrom.guides;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;

/// Renders one page. Links between pages lead to their HTML; what is not among the pages, such as a
/// source file, stays as text.
final class GuideRenderer {
    private final GuideSite site;
    private final MarkdownPage page;
    private final SortedSet<Path> pictures = new TreeSet<>();

    GuideRenderer(GuideSite site, MarkdownPage page) {
        this.site = site;
        this.page = page;
    }

    /// The pictures that the page shows, below the root of the repository.
    SortedSet<Path> pictures() {
        return pictures;
    }

    String html() {
        page.document().accept(new Rewriter());
        HtmlRenderer renderer =
                HtmlRenderer.builder()
                        .extensions(MarkdownPage.EXTENSIONS)
                        .escapeHtml(true)
                        .attributeProviderFactory(_ ->
                                (node, _, attributes) -> {
                                    if (node instanceof Heading heading) {
                                        attributes.put("id", page.anchors().get(heading));
                                    }
                                })
                        .build();
        String top =
                "<nav><a href=\"%s\">igdrom %s</a></nav>\n"
                        .formatted(
                                Html.escape(relative(GuideSite.INDEX)),
                                Html.escape(site.version()));
        return Html.page(page.title() + " · igdrom", top, renderer.render(page.document()));
    }

    /// A file of the site as a link of this page.
    private String relative(Path file) {
        Path own = GuideSite.file(page.path()).getParent();
        return own == null ? file.toString() : own.relativize(file).toString();
    }

    private Optional<PageLink> link(String destination) {
        try {
            return PageLink.of(page.path(), destination);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(page.path() + ": " + destination, e);
        }
    }

    /// Changes where links lead, and removes comments.
    private final class Rewriter extends AbstractVisitor {
        @Override
        public void visit(HtmlBlock block) {
            if (block.getLiteral().startsWith("<!--")) {
                block.unlink();
            }
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            link(link.getDestination()).ifPresent(target -> lead(link, target));
        }

        @Override
        public void visit(Image image) {
            visitChildren(image);
            Optional<PageLink> target = link(image.getDestination());
            target.filter(file -> Files.isRegularFile(site.root().resolve(file.path())))
                    .ifPresent(file -> {
                        pictures.add(file.path());
                        image.setDestination(relative(GuideSite.shown(file.path())));
                    });
        }

        private void lead(Link link, PageLink target) {
            Path path = target.path();
            if (Files.isDirectory(site.root().resolve(path))) {
                path = path.resolve("README.md");
            }
            if (site.pages().containsKey(path)) {
                String fragment = target.fragment().isEmpty() ? "" : "#" + target.fragment();
                link.setDestination(relative(GuideSite.file(path)) + fragment);
                return;
            }
            for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
                link.insertBefore(child);
            }
            link.unlink();
        }
    }
}
