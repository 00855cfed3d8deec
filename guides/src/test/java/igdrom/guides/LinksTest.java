package igdrom.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The pages of this repository.
final class LinksTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();

    @Test
    void every_link_leads_to_a_file_and_a_heading_that_exist() throws IOException {
        assertThat(Pages.below(ROOT, Path.of("")))
                .containsKeys(Path.of("README.md"), Path.of("docs/style.md"));
        assertThat(new LinkCheck(ROOT).problems()).isEmpty();
    }
}
