package igdrom.guides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/// A page of Markdown.
///
/// @param path below the root of the repository
/// @param document what the parser made of it
/// @param anchors of its headings, in their order
record MarkdownPage(Path path, Node document, Map<Heading, String> anchors) {
    static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

    private static final Parser PARSER =
            Parser.builder()
                    .extensions(EXTENSIONS)
                    .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                    .build();

    /// Where a link leads, and the line that it is in, from 1.
    record Target(String destination, int line) {}

    static MarkdownPage read(Path root, Path path) throws IOException {
        return of(path, Files.readString(root.resolve(path)));
    }

    static MarkdownPage of(Path path, String text) {
        Node document = PARSER.parse(text);
        return new MarkdownPage(path, document, anchorsOf(document));
    }

    /// The first heading, or the name of the file.
    String title() {
        return anchors.keySet().stream()
                .findFirst()
                .map(MarkdownPage::text)
                .orElse(path.getFileName().toString());
    }

    /// Where its links and images lead.
    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        document.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Link link) {
                        targets.add(new Target(link.getDestination(), line(link)));
                        visitChildren(link);
                    }

                    @Override
                    public void visit(Image image) {
                        targets.add(new Target(image.getDestination(), line(image)));
                        visitChildren(image);
                    }
                });
        return targets;
    }

    private static int line(Node node) {
        return node.getSourceSpans().getFirst().getLineIndex() + 1;
    }

    private static Map<Heading, String> anchorsOf(Node document) {
        Map<Heading, String> anchors = new LinkedHashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        document.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Heading heading) {
                        String name = anchor(text(heading));
                        int before = counts.merge(name, 1, Integer::sum) - 1;
                        anchors.put(heading, before == 0 ? name : name + "-" + before);
                    }
                });
        return anchors;
    }

    /// The anchor that GitHub gives to a heading.
    ///
    /// Source: github/html-pipeline, toc_filter.rb.
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
                .replace(' ', '-');
    }

    /// The words of a node without their markup.
    private static String text(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Text words) {
                        text.append(words.getLiteral());
                    }

                    @Override
                    public void visit(Code code) {
                        text.append(code.getLiteral());
                    }

                    @Override
                    public void visit(SoftLineBreak lineBreak) {
                        text.append(' ');
                    }
                });
        return text.toString();
    }
}
