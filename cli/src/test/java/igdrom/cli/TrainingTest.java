package igdrom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.output.Console;
import igdrom.cli.output.Output;
import igdrom.cli.output.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the launcher's cache is made of.
final class TrainingTest {
    @TempDir Path work;

    @Test
    void training_runs_the_demo_and_judges_a_host_and_its_texts() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new Output(out, StandardCharsets.UTF_8, false),
                        new Output(err, StandardCharsets.UTF_8, false),
                        new Terminal(false, false, 0, StandardCharsets.UTF_8, false));
        Training.run(work, console);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("igd.rom: no check failed\n")
                .contains("this host: 8086:46d1, Alder Lake-N, UHD Graphics\n")
                .contains("Intel(R) N100, Linux 6.12.0\n")
                .contains("\n" + work + "/texts: 8086:46d1, Alder Lake-N, UHD Graphics\n")
                .contains(
                        "\nyes: this host can hand its IGD to a guest, as far as the facts show\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("igdrom: ");
    }

    @Test
    void training_loads_the_classes_of_the_jar_that_are_igdroms() throws IOException {
        Path jar = work.resolve("igdrom.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name :
                    List.of(
                            "igdrom/bench/Bench.class",
                            "igdrom/cli/Main.class",
                            "igdrom/cli/WithoutItsSuperclass.class",
                            "igdrom/knowledge/generations.tsv",
                            "org/example/Missing.class")) {
                out.putNextEntry(new ZipEntry(name));
            }
        }
        assertThat(Training.loadClasses(jar)).isEqualTo(2);
    }
}
