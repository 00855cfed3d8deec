package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// docs/tested-gops.md shows what [DrawingGopsTest] saw; `-Dgolden=write` renews it.
class TestedGopsPageTest {
    private static final Path PAGE = Path.of("../docs/tested-gops.md");
    private static final String BEGIN = "<!-- begin: drawn.tsv -->\n";
    private static final String END = "<!-- end -->\n";

    @Test
    void page_shows_the_rows_that_the_tests_wrote() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String table = "\n" + DrawnGops.markdown() + "\n";
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, page.substring(0, start) + table + page.substring(end));
        }
        assertThat(DrawnGops.rows()).isNotEmpty();
        for (DrawnGops.Row row : DrawnGops.rows()) {
            assertThat(DrawingGopsTest.runs()).contains(row.run());
        }
        assertThat(Files.readString(PAGE)).contains(BEGIN + table + END);
    }
}
