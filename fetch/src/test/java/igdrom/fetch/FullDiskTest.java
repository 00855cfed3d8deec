package igdrom.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.fetch.testing.QuietProgress;
import igdrom.fetch.testing.TestArchive;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A limit on the size of files stands in for a full disk.
class FullDiskTest {
    @TempDir Path directory = Path.of("");

    /// A fetch in a separate process.
    static final class Limited {
        private Limited() {}

        public static void main(String[] arguments) throws IOException {
            try {
                fetch(Path.of(arguments[0]));
                System.out.println("done");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void fetch_on_a_full_disk_leaves_no_bundle_and_succeeds_once_there_is_room() throws Exception {
        Process process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "ulimit -f 150 && exec \"$@\"",
                                "sh",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:-UsePerfData",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Limited.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("File too large");
        } finally {
            process.destroyForcibly();
        }
        assertThat(storedFiles()).containsExactly("downloads", "lock");
        fetch(directory);
        assertThat(new Store(environment(directory).directory()).find("tool")).isPresent();
        assertThat(storedFiles()).hasSize(5).contains("lock", "data", "tool");
    }

    private static void fetch(Path directory) throws IOException {
        try (TestArchive archive = TestArchive.withTool()) {
            TestArchive.fetcher(environment(directory), TestArchive.SUITES, new QuietProgress())
                    .fetch(TestArchive.BOTH, archive.url());
        }
    }

    private static Environment environment(Path directory) {
        return new Environment(directory.resolve("root"), directory.resolve("kept"), Map.of());
    }

    private List<String> storedFiles() throws IOException {
        try (Stream<Path> paths = Files.list(directory.resolve("kept"))) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
