package igdrom.bench.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that may not write long files comes as far as one whose disk is full.
class FullDiskTest {
    private static final List<Component> BOTH = List.of(Component.QEMU, Component.OVMF);

    @TempDir Path folder = Path.of("");

    /// A setup in a process of its own.
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
    void setup_whose_disk_is_full_leaves_nothing_half_done_and_works_with_more_room()
            throws Exception {
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
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("File too large");
        } finally {
            process.destroyForcibly();
        }
        assertThat(kept()).containsExactly("downloads", "lock");
        fetch(folder);
        assertThat(Tools.find(machine(folder)).qemu()).isPresent();
        assertThat(kept()).hasSize(5).contains("lock", "ovmf", "qemu");
    }

    private static void fetch(Path folder) throws IOException {
        Listener nobody =
                new Listener() {
                    @Override
                    public void step(String what) {}

                    @Override
                    public void bytes(long done, long total) {}

                    @Override
                    public void note(String text) {}
                };
        try (MadeArchive archive = MadeArchive.withQemu()) {
            new Setup(machine(folder), new AptConfig(Map.of()), MadeArchive.keyring(), 1, nobody)
                    .fetch(BOTH, archive.url());
        }
    }

    private static Environment machine(Path folder) {
        return new Environment(folder.resolve("root"), folder.resolve("kept"), Map.of());
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("kept"))) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
