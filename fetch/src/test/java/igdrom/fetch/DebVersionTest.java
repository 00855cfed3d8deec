package igdrom.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1.0, <, 1.1",
        "1.9, <, 1.10",
        "1.0~rc1, <, 1.0",
        "1.0~~, <, 1.0~",
        "1.0~~a, <, 1.0~",
        "1.0, <, 1.0a",
        "1.0a, <, 1.0+",
        "1.0Z, <, 1.0a",
        "1.0, <, 1:0.1",
        "0:1.0, =, 1.0",
        "1.0-0, =, 1.0",
        "1.0-1, <, 1.0-1.1",
        "1.0-1, <, 1.0.1-0",
        "1-2-3, <, 1-2-4",
        "1-2-3, >, 1-1-9",
        "001, =, 1",
        "99999999999999999999, <, 100000000000000000000",
        "1:11.1.3+ds-1~bpo13+1, <, 1:11.1.3+ds-1",
        "1:11.1.3+ds-1~bpo13+1, >, 1:10.1",
        "2.41-12+deb13u4, >, 2.41-12",
        "'', <, 1",
        "10.1, <, 10.1.0",
        "7.2.22, <, 10.1",
    })
    void versions_are_ordered_as_by_debian(String a, char order, String b) {
        assertThat(order(a, b)).isEqualTo(order);
        char reverse = order == '<' ? '>' : order == '>' ? '<' : '=';
        assertThat(order(b, a)).isEqualTo(reverse);
    }

    @Test
    void dpkg_agrees() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/dpkg"))).isTrue();
        String[] all = {
            "1",
            "1.0",
            "1.0-1",
            "1.0~rc1-1",
            "1:0",
            "1.0+b1",
            "1.0a",
            "1.0.a",
            "1.00",
            "2-1~bpo1+1",
        };
        for (String a : all) {
            for (String b : all) {
                assertThat(new DebVersion(a).compareTo(new DebVersion(b)) < 0)
                        .as(a + " < " + b)
                        .isEqualTo(dpkgSays(a, b));
            }
        }
    }

    private static boolean dpkgSays(String a, String b) throws IOException, InterruptedException {
        return new ProcessBuilder("/usr/bin/dpkg", "--compare-versions", a, "lt", b)
                        .start()
                        .waitFor()
                == 0;
    }

    private static char order(String a, String b) {
        int order = new DebVersion(a).compareTo(new DebVersion(b));
        return order < 0 ? '<' : order > 0 ? '>' : '=';
    }
}
