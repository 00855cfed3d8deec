package igdrom.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
    @TempDir Path directory;

    @Test
    void inaccessible_file_is_not_called_missing() {
        Path file = directory.resolve("file");
        assertThat(Inputs.unreadable(file, new AccessDeniedException(file.toString())))
                .isEqualTo("permission denied");
        assertThat(Inputs.unreadable(file, new NoSuchFileException(file.toString())))
                .isEqualTo("no such file");
    }
}
