package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Compiles sources of the driver for this machine, together with a `main` that asks them, so that
/// tests can compare their answers with those of the Java side.
record HostedC(Path directory) {
    static final Path DRIVER = Path.of(System.getProperty("basedir", "."));

    private static final Path SOURCES = DRIVER.resolve("src/main/c");
    private static final Path GCC = Path.of("/usr/bin/gcc");
    private static final int SECONDS = 900;

    /// Skips the test on a machine without gcc.
    ///
    /// @param directory for temporary files
    static HostedC in(Path directory) {
        assumeTrue(Files.exists(GCC), "no gcc");
        return new HostedC(directory);
    }

    /// Makes a program of these sources and the generated tables.
    ///
    /// @param sources names of the driver's files
    /// @param main the text of the file with `main`
    Path compile(List<String> sources, String main) throws IOException, InterruptedException {
        run(List.of(DRIVER.resolve("tables").toString(), directory.toString()));
        Path program = directory.resolve("program");
        List<String> command = new ArrayList<>(List.of(GCC.toString(), "-std=gnu17", "-O1"));
        command.addAll(List.of("-I" + directory, "-I" + SOURCES));
        for (String source : sources) {
            command.add(SOURCES.resolve(source).toString());
        }
        command.add(Files.writeString(directory.resolve("main.c"), main).toString());
        command.addAll(List.of("-o", program.toString()));
        run(command);
        return program;
    }

    /// The lines that a program prints; a failure of the program fails the test.
    List<String> run(List<String> command) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path errors = directory.resolve("err");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(errors.toFile())
                        .start();
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readAllLines(out);
    }
}
