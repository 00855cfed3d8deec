package igdrom.plan.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/pains.md names, for each pain, a check that exists, or says why there is none.
class PainsPageTest {
    private static final Path PAGE = Path.of("../docs/pains.md");
    private static final int PAINS = 29;
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /// Other words that the second column has in this form.
    private static final Set<String> NOT_CHECKS =
            Set.of(
                    "--firmware",
                    "--rom",
                    "--vm",
                    "igdrom build",
                    "igdrom verify",
                    "igdrom test",
                    "igdrom vbt show",
                    "rom");

    @Test
    void every_pain_has_a_check_that_exists_or_a_reason() throws IOException {
        List<List<String>> pains = table(0);
        assertThat(pains).hasSize(PAINS);
        for (List<String> pain : pains) {
            List<String> named = new ArrayList<>();
            Matcher code = CODE.matcher(pain.get(1));
            while (code.find()) {
                if (!NOT_CHECKS.contains(code.group(1))) {
                    named.add(code.group(1));
                }
            }
            assertThat(ids()).as(pain.getFirst()).containsAll(named);
            assertThat(named.isEmpty())
                    .as(pain.getFirst())
                    .isEqualTo(pain.get(1).startsWith("no check"));
        }
    }

    @Test
    void every_check_is_listed_with_its_question() throws IOException {
        List<List<String>> expected =
                Stream.of(CheckName.values())
                        .map(name -> List.of("`" + name.id() + "`", name.question()))
                        .toList();
        assertThat(table(1)).isEqualTo(expected);
    }

    @Test
    void names_fit_the_column_of_the_text() {
        assertThat(CheckName.values()).allMatch(name -> name.id().length() <= 13);
    }

    private static Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        Stream.of(CheckName.values()).forEach(name -> ids.add(name.id()));
        return ids;
    }

    /// The rows of a table of the page.
    private static List<List<String>> table(int number) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        int seen = -1;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| ---")) {
                seen++;
            } else if (line.startsWith("| ") && seen == number) {
                rows.add(List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)));
            } else if (!line.startsWith("|") && seen == number) {
                break;
            }
        }
        return rows;
    }
}
