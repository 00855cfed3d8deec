package igdrom.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinkCheckTest {
    @TempDir Path root;

    @Test
    void links_to_files_directories_and_headings_are_good() throws IOException {
        write("docs/other.md", "# Other\n\n## `run`, twice\n\n## `run`, twice\n");
        write("docs/README.md", "# Pages\n");
        write("data.tsv", "");
        write(
                "README.md",
                """
                # Top
                [a](docs/other.md) [b](docs/other.md#run-twice) [c](docs/other.md#run-twice-1)
                [d](docs) [e](docs/#pages) [f](#top) [g](data.tsv) [h](https://example.org/no#no)
                """);
        assertThat(new LinkCheck(root).problems()).isEmpty();
    }

    @Test
    void each_link_that_leads_nowhere_is_named_with_its_line() throws IOException {
        write("docs/other.md", "# Other\n\n[up](../../away.md)\n");
        write("data.tsv", "");
        write(
                "README.md",
                """
                # Top

                [a](docs/absent.md),
                [b](docs/other.md#absent) and ![c](absent.png)

                | [d](#bottom) |
                | --- |
                | [e](data.tsv#row) |

                [f](/etc/passwd) [g](<a b.md>)
                """);
        assertThat(new LinkCheck(root).problems())
                .containsExactly(
                        "README.md:3: docs/absent.md: there is no such file",
                        "README.md:4: docs/other.md#absent: the page has no heading with this"
                                + " anchor",
                        "README.md:4: absent.png: there is no such file",
                        "README.md:6: #bottom: the page has no heading with this anchor",
                        "README.md:8: data.tsv#row: only a page of Markdown has headings to link"
                                + " to",
                        "README.md:10: /etc/passwd: leads out of the repository",
                        "README.md:10: a b.md: Illegal character in path",
                        "docs/other.md:3: ../../away.md: leads out of the repository");
    }

    @Test
    void anchors_are_those_of_github() {
        assertThat(MarkdownPage.anchor("What `igdrom test` answers: pass, or fail?"))
                .isEqualTo("what-igdrom-test-answers-pass-or-fail");
        assertThat(MarkdownPage.anchor("Image → ROM")).isEqualTo("image--rom");
        assertThat(MarkdownPage.anchor("SR-IOV_functions")).isEqualTo("sr-iov_functions");
    }

    @Test
    void pages_in_directories_of_tools_are_not_read() throws IOException {
        write("target/made.md", "[a](absent)\n");
        write(".git/made.md", "[a](absent)\n");
        assertThat(Pages.below(root, Path.of(""))).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
