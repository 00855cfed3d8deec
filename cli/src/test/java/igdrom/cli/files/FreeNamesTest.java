package igdrom.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FreeNamesTest {
    @Test
    void free_names_continue_counting_instead_of_starting_over() {
        FreeNames names = new FreeNames("taken");
        assertThat(names.take("taken", "")).isEqualTo("taken-2");
        assertThat(names.take("a-2", ".bin")).isEqualTo("a-2.bin");
        assertThat(names.take("a", ".bin")).isEqualTo("a.bin");
        assertThat(names.take("a", ".bin")).isEqualTo("a-3.bin");
        assertThat(names.take("a-2", ".bin")).isEqualTo("a-2-2.bin");
        assertTimeoutPreemptively(
                Duration.ofMinutes(2),
                () -> {
                    for (int i = 4; i < 200_000; i++) {
                        assertThat(names.take("a", ".bin")).isEqualTo("a-" + i + ".bin");
                    }
                });
    }
}
