package igdrom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.output.Console;
import igdrom.cli.output.Output;
import igdrom.cli.output.Terminal;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir Path directory;

    @Test
    void reader_that_has_left_does_not_change_the_answer() throws IOException {
        Path file = Files.write(directory.resolve("empty.bin"), new byte[4096]);
        OutputStream left =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        List<String> command = List.of("inspect", file.toString());
        assertThat(Main.run(command, console(new ByteArrayOutputStream()))).isEqualTo(ExitCode.NO);
        assertThat(Main.run(command, console(new BufferedOutputStream(left))))
                .isEqualTo(ExitCode.NO);
    }

    private static Console console(OutputStream out) {
        return new Console(
                new Output(out, StandardCharsets.UTF_8, false),
                new Output(new ByteArrayOutputStream(), StandardCharsets.UTF_8, false),
                new Terminal(false, false, 0, StandardCharsets.UTF_8, false));
    }
}
