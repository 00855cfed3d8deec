package igdrom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// `./igdrom` as a user starts it: from a shell, in any directory and locale, with a damaged cache,
/// a full disk or a reader that leaves.
///
/// Needs the packaged jar, so Maven runs it after `package`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LauncherIT {
    private static final Path ROOT =
            Path.of(System.getProperty("igdrom.root", "..")).toAbsolutePath().normalize();
    private static final Path IGDROM = ROOT.resolve("igdrom");

    /// Long enough for the slowest machine: only a launcher that never trains reaches it.
    private static final int MAX_CACHE_SECONDS = 600;

    @TempDir static Path work;

    private Path home = Path.of("");

    /// What a process printed, and its exit code.
    private record Run(int code, String out, String err) {}

    @BeforeAll
    void starts_with_an_empty_home() throws IOException {
        home = Files.createDirectory(work.resolve("home"));
        assertThat(igdrom("--version").code()).isZero();
        assertThat(cache()).isRegularFile();
    }

    @Test
    void version_is_printed() {
        assertThat(igdrom("--version").out()).matches("igdrom [0-9].*\n");
    }

    @Test
    void lines_are_folded_at_the_width_of_the_terminal() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script to make a terminal");
        String help = "unset COLUMNS; stty cols 40; \"$IGDROM\" help";
        Run run = shell("script -qec '" + help + "' /dev/null </dev/null");
        assertThat(run.code()).isZero();
        assertThat(run.out().replaceAll("\u001b\\[[0-9;]*m", "").lines())
                .hasSizeGreaterThan(40)
                .contains("Build and test option ROMs for Intel")
                .allMatch(line -> line.length() <= 40);
    }

    @Test
    void unknown_command_is_one_line_on_standard_error() {
        Run run = igdrom("inspekt");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void errors_have_their_exit_codes() throws IOException {
        Path empty = Files.createFile(work.resolve("empty"));
        assertThat(igdrom("inspect", empty.toString()).code()).isEqualTo(3);
        assertThat(igdrom("inspect", work.resolve("missing").toString()).code()).isEqualTo(4);
        assertThat(igdrom("inspect", work.toString()).code()).isEqualTo(2);
        assertThat(igdrom("inspect", ROOT.resolve("verify").toString()).code()).isEqualTo(1);
    }

    @Test
    void closed_standard_output_is_not_an_error() {
        assertThat(shell("\"$IGDROM\" --help >&-").err()).isEmpty();
    }

    @Test
    void reader_that_leaves_is_not_an_error() {
        assertThat(shell("\"$IGDROM\" --help | true").err()).isEmpty();
    }

    @Test
    void full_disk_is_reported() {
        Run run = shell("\"$IGDROM\" --help >/dev/full");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).startsWith("igdrom: output: ");
    }

    @Test
    void jdk_that_does_not_exist_is_reported_in_one_line() {
        Run run = run(Map.of("IGDROM_JAVA_HOME", "/nonexistent"), IGDROM.toString(), "--version");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void link_to_the_launcher_works_from_another_directory() throws IOException {
        Path link = Files.createSymbolicLink(work.resolve("link"), IGDROM);
        Run run = shell("cd / && '" + link + "' --version");
        assertThat(run).isEqualTo(igdrom("--version"));
    }

    @Test
    void missing_or_unwritable_home_changes_nothing() {
        Run expected = igdrom("--version");
        assertThat(run(Map.of("HOME", ""), IGDROM.toString(), "--version")).isEqualTo(expected);
        assertThat(run(Map.of("HOME", "/proc"), IGDROM.toString(), "--version"))
                .isEqualTo(expected);
    }

    @Test
    void names_of_files_are_utf_8_in_every_locale() throws IOException {
        Path names = Files.createDirectory(work.resolve("names"));
        // cron and containers have no locale; the test's own may not have the name either.
        assertThat(shell(": >\"" + names + "/$(printf '\\303\\274')\"").code()).isZero();
        for (String locale : List.of("", "C", "de_DE.UTF-8")) {
            Run run =
                    shell(
                            "env -i PATH=\"$PATH\" HOME=\"$HOME\" LANG='%s' \"$IGDROM\" inspect -r '%s'"
                                    .formatted(locale, names));
            assertThat(run.err())
                    .isIn(
                            "igdrom: ü +0x0: the file is empty\n",
                            "igdrom: \\xfc +0x0: the file is empty\n");
        }
    }

    @Test
    void demo_shows_every_step_and_leaves_its_files() {
        Path demo = work.resolve("demo");
        Run run = igdrom("demo", "--no-test", "-o", demo.toString());
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("YES: this BIOS has a GOP for 8086:46d1 (Alder Lake-N): 21.0.1066\n");
        assertThat(demo.resolve("parts/gop-21.0.1066-x64.efi")).isNotEmptyFile();
        assertThat(demo.resolve("parts/manifest.json")).isNotEmptyFile();
    }

    @Test
    void launcher_survives_a_damaged_cache() throws IOException {
        Run expected = igdrom("--version");
        Path cache = cache();
        byte[] whole = Files.readAllBytes(cache);
        Files.write(cache, Arrays.copyOf(whole, whole.length / 2));
        assertThat(igdrom("--version")).isEqualTo(expected);
        byte[] noise = new byte[whole.length];
        new Random(1).nextBytes(noise);
        Files.write(cache, noise);
        assertThat(igdrom("--version")).isEqualTo(expected);
        Files.write(cache, whole);
    }

    @Test
    void every_command_uses_the_cache() throws IOException {
        for (String command : List.of("--version", "build", "test")) {
            Path log = work.resolve("classes-" + command);
            Run _ =
                    run(
                            Map.of("IGDROM_JAVA_OPTIONS", "-Xlog:class+load:file=" + log),
                            IGDROM.toString(),
                            command);
            assertThat(Files.readString(log))
                    .contains("igdrom.cli.Main source: shared objects file");
        }
    }

    @Test
    void two_first_starts_at_the_same_time_both_work() throws IOException {
        Path other = Files.createDirectory(work.resolve("other-home"));
        Run expected = igdrom("--version");
        Run both =
                run(
                        Map.of("HOME", other.toString()),
                        "/bin/sh",
                        "-c",
                        "\"$IGDROM\" --version & \"$IGDROM\" --version; wait");
        assertThat(both.err()).isEmpty();
        assertThat(both.out()).isEqualTo(expected.out() + expected.out());
        assertThat(cacheBelow(other)).isRegularFile();
    }

    /// The cache of the first start, which is made in the background.
    private Path cache() {
        return cacheBelow(home);
    }

    private static Path cacheBelow(Path home) {
        Path directory = home.resolve(".cache/igdrom");
        for (int second = 0; second < MAX_CACHE_SECONDS; second++) {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    List<Path> caches =
                            files.filter(file -> file.endsWith("igdrom.aot"))
                                    .filter(file -> !file.toString().contains("/training/"))
                                    .toList();
                    if (!caches.isEmpty()) {
                        return caches.getFirst();
                    }
                } catch (IOException | UncheckedIOException _) {
                    // The launcher renames directories meanwhile.
                }
            }
            pause();
        }
        throw new AssertionError("no cache was made below " + directory);
    }

    private static void pause() {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Run igdrom(String... arguments) {
        return run(
                Map.of(),
                Stream.concat(Stream.of(IGDROM.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private Run shell(String script) {
        return run(Map.of(), "/bin/sh", "-c", script);
    }

    private Run run(Map<String, String> environment, String... command) {
        assumeTrue(Files.isExecutable(IGDROM), "there is no launcher at " + IGDROM);
        try {
            Path out = Files.createTempFile(work, "out", "");
            Path err = Files.createTempFile(work, "err", "");
            ProcessBuilder builder = new ProcessBuilder(command);
            Map<String, String> variables = new LinkedHashMap<>();
            variables.put("HOME", home.toString());
            variables.put("IGDROM", IGDROM.toString());
            variables.putAll(environment);
            builder.environment().remove("XDG_CACHE_HOME");
            builder.environment().remove("IGDROM_JAVA_OPTIONS");
            builder.environment().putAll(variables);
            int code =
                    builder.redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start()
                            .waitFor();
            return new Run(code, text(out), text(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
