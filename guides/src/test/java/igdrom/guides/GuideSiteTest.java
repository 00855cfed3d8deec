package igdrom.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuideSiteTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile(" (?:href|src)=\"([^\"]*)\"");

    @TempDir Path root;
    @TempDir Path made;

    @Test
    void links_between_pages_lead_to_their_html() throws IOException {
        write(
                "README.md",
                "# Top\n\n"
                        + "[guide](docs/guides/a.md#two) [docs](docs/x.md)"
                        + " [web](https://example.org/)\n");
        write("docs/x.md", "# X\n\n[up](../README.md) [all](decisions)\n");
        write("docs/guides/a.md", "# A\n\n## Two\n\n[x](../x.md) ![p](../p.png)\n");
        write("docs/decisions/README.md", "# Decisions\n");
        write("docs/p.png", "picture");
        GuideSite.of(root, "1.2").write(made);
        assertThat(text("README.html"))
                .contains("<h1 id=\"top\">Top</h1>")
                .contains("<a href=\"guides/a.html#two\">guide</a> <a href=\"x.html\">docs</a>")
                .contains("<a href=\"https://example.org/\">web</a>")
                .contains("<nav><a href=\"index.html\">igdrom 1.2</a></nav>");
        assertThat(text("x.html"))
                .contains("<a href=\"README.html\">up</a>")
                .contains("<a href=\"decisions/README.html\">all</a>");
        assertThat(text("guides/a.html"))
                .contains("<h2 id=\"two\">Two</h2>")
                .contains("<a href=\"../x.html\">x</a> <img src=\"../p.png\" alt=\"p\" />")
                .contains("<nav><a href=\"../index.html\">igdrom 1.2</a></nav>");
        assertThat(text("p.png")).isEqualTo("picture");
    }

    @Test
    void index_lists_guides_first_then_pages_that_readme_leads_to_then_the_rest()
            throws IOException {
        write("README.md", "# Top & more\n\n[y](docs/y.md) [one](docs/one.md) [src](src)\n");
        write("docs/x.md", "no heading\n");
        write("docs/b.md", "# B\n");
        write("docs/decisions/c.md", "# C\n");
        write("docs/y.md", "# Y\n");
        write("docs/one.md", "# One\n");
        write("docs/two.md", "# Two\n");
        write("docs/guides.md", "# Guides\n\n[two](two.md) [one](one.md#part) [gone](gone.md)\n");
        GuideSite.of(root, "1.2").write(made);
        assertThat(text("index.html"))
                .contains(
                        """
                        <h1>igdrom 1.2</h1>
                        <h2>Overview</h2>
                        <ul>
                        <li><a href="README.html">Top &amp; more</a></li>
                        <li><a href="guides.html">Guides</a></li>
                        </ul>
                        <h2>Guides</h2>
                        <ul>
                        <li><a href="two.html">Two</a></li>
                        <li><a href="one.html">One</a></li>
                        </ul>
                        <h2>More pages</h2>
                        <ul>
                        <li><a href="y.html">Y</a></li>
                        <li><a href="b.html">B</a></li>
                        <li><a href="x.html">x.md</a></li>
                        </ul>
                        <h2>Decisions</h2>
                        <ul>
                        <li><a href="decisions/c.html">C</a></li>
                        </ul>
                        """);
    }

    @Test
    void what_is_not_among_the_pages_stays_as_text() throws IOException {
        write(
                "README.md",
                "# Top\n\nSee [the `code`](src/Main.java) and <script>alert(1)</script>.\n");
        write("src/Main.java", "");
        write("docs/x.md", "");
        GuideSite.of(root, "1.2").write(made);
        assertThat(text("README.html"))
                .contains("<p>See the <code>code</code> and &lt;script&gt;")
                .doesNotContain("<script", "Main.java");
    }

    @Test
    void comments_are_left_out() throws IOException {
        write("README.md", "# Top\n\n<!-- begin -->\n\n| a |\n| --- |\n| b |\n\n<!-- end -->\n");
        write("docs/x.md", "");
        GuideSite.of(root, "1.2").write(made);
        assertThat(text("README.html")).contains("<td>b</td>").doesNotContain("begin", "end --");
    }

    @Test
    void real_pages_show_no_source_of_html_and_diagrams() throws IOException {
        GuideSite.of(ROOT, "1.2").write(made);
        for (Path file : pages()) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .doesNotContain("&lt;!--", "&lt;a ", "language-mermaid");
        }
    }

    @Test
    void every_link_in_the_real_pages_leads_to_a_file_that_was_written() throws IOException {
        GuideSite.of(ROOT, "1.2").write(made);
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path file : pages()) {
            String page = Files.readString(file);
            assertThat(page)
                    .contains("<meta name=\"viewport\" content=\"width=device-width")
                    .doesNotContain("<script");
            Matcher link = LINK.matcher(page);
            while (link.find()) {
                String target = link.group(1);
                if (target.contains(":")) {
                    continue;
                }
                links++;
                String[] parts = target.split("#", 2);
                Path to = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
                boolean good =
                        Files.isRegularFile(to)
                                && (parts.length == 1
                                        || Files.readString(to)
                                                .contains(" id=\"" + parts[1] + "\""));
                if (!good) {
                    broken.add(made.relativize(file) + ": " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(100);
    }

    private List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(made)) {
            return files.filter(file -> file.toString().endsWith(".html")).toList();
        }
    }

    private String text(String name) throws IOException {
        return Files.readString(made.resolve(name));
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
