package igdrom.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
    @TempDir Path directory;

    @Test
    void directory_deeper_than_the_limit_is_listed_as_not_read() throws IOException {
        Path deep = directory;
        for (int depth = 1; depth <= 64; depth++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);
        Files.writeString(deep.resolveSibling("read.bin"), "x");
        Files.writeString(deep.resolve("missed.bin"), "x");
        assertThat(Inputs.of(List.of(directory.toString()), true).list())
                .containsExactly(
                        new Inputs.Refused(
                                deep.toString(),
                                ExitCode.MACHINE,
                                "not read, it is 64 directories deep: name it to read the files in"
                                        + " it"),
                        new Inputs.Present(deep.resolveSibling("read.bin")));
        assertThat(Inputs.of(List.of(deep.toString()), true).list())
                .containsExactly(new Inputs.Present(deep.resolve("missed.bin")));
    }

    @Test
    void standard_input_is_refused_by_name() {
        assertThat(Inputs.of(List.of("-"), false).list())
                .containsExactly(
                        new Inputs.Refused(
                                "-",
                                ExitCode.USAGE,
                                "standard input is not read: save it in a file first"));
    }

    @Test
    void inaccessible_file_is_not_called_missing() {
        Path file = directory.resolve("file");
        assertThat(Inputs.unreadable(file, new AccessDeniedException(file.toString())))
                .isEqualTo("permission denied");
        assertThat(Inputs.unreadable(file, new NoSuchFileException(file.toString())))
                .isEqualTo("no such file");
    }
}
