package igdrom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher of an installed igdrom, with a runtime that prints how it was started, and what
/// `./package` refuses to pack.
///
/// `packaging/check` installs the real packages.
final class PackagingTest {
    private static final Path ROOT =
            Path.of(System.getProperty("igdrom.root", "..")).toAbsolutePath().normalize();

    /// Prints its arguments; a training run leaves the cache that it was asked for.
    private static final String RUNTIME =
            """
            #!/bin/sh
            for argument; do
                case $argument in
                -XX:AOTCacheOutput=*) : >"${argument#*=}"; echo cache >>"${argument#*=}" ;;
                esac
            done
            echo "started: $*"
            """;

    @TempDir Path work;

    private Path installation = Path.of("");

    /// What a process printed on both streams, and its exit code.
    private record Run(int code, String output) {}

    @BeforeEach
    void install() throws IOException {
        installation = work.resolve("usr/lib/igdrom");
        copy("packaging/igdrom", installation.resolve("igdrom"));
        copy("packaging/make-cache", installation.resolve("make-cache"));
        copy("launcher/start.sh", installation.resolve("start.sh"));
        copy("launcher/train.sh", installation.resolve("train.sh"));
        for (String file :
                List.of(
                        "igdrom.jar",
                        "lib/library.jar",
                        "resources/table.tsv",
                        "runtime/release",
                        "runtime/lib/modules",
                        "runtime/lib/server/libjvm.so")) {
            write(installation.resolve(file), "contents of " + file);
        }
        program(installation.resolve("runtime/bin/java"), RUNTIME);
        List<String> list = new ArrayList<>();
        try (Stream<Path> files = Files.walk(installation)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                list.add(Files.size(file) + " " + installation.relativize(file));
            }
        }
        Files.write(installation.resolve("complete"), list);
    }

    @Test
    void installed_command_starts_its_own_runtime() {
        Run run = igdrom("inspect", "a b");
        assertThat(run.code()).isZero();
        assertThat(run.output())
                .startsWith("started: ")
                .contains(" -cp " + installation + "/igdrom.jar ")
                .endsWith(" igdrom.cli.Main inspect a b\n");
    }

    @Test
    void link_to_the_installed_command_works_from_another_directory() throws IOException {
        Path link = Files.createSymbolicLink(work.resolve("link"), installation.resolve("igdrom"));
        assertThat(shell("cd / && '" + link + "'")).isEqualTo(igdrom());
    }

    @Test
    void link_of_a_package_is_followed_without_another_program() throws IOException {
        Path link = work.resolve("usr/bin/igdrom");
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of("../lib/igdrom/igdrom"));
        Run run = run(Map.of("PATH", "/nonexistent"), link.toString());
        assertThat(run.code()).isZero();
        assertThat(run.output())
                .startsWith("started: ")
                .contains(" -cp " + installation + "/igdrom.jar ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "igdrom.jar",
                "start.sh",
                "train.sh",
                "lib/library.jar",
                "resources/table.tsv",
                "runtime/bin/java",
                "runtime/lib/modules",
                "runtime/lib/server/libjvm.so"
            })
    void missing_or_truncated_file_is_named(String name) throws IOException {
        Path file = installation.resolve(name);
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() / 2));
        if (!name.endsWith(".sh")) {
            assertDamaged(file + " is missing, or not " + whole.length() + " bytes long");
        }
        Files.delete(file);
        assertDamaged(file + " is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"igdrom.jar", "runtime/lib/modules", "runtime/lib/server/libjvm.so"})
    void file_that_was_truncated_after_the_first_start_is_named(String name) throws IOException {
        assertThat(run(Map.of(), installation.resolve("make-cache").toString()).code()).isZero();
        assertThat(igdrom().output())
                .contains(" -XX:AOTCache=" + installation + "/cache/igdrom.aot ");
        Files.writeString(installation.resolve(name), "short");
        assertDamaged(installation.resolve(name) + " is missing, or not ");
    }

    @Test
    void archive_that_was_not_unpacked_to_its_end_is_incomplete() throws IOException {
        Files.writeString(installation.resolve("complete"), "");
        assertDamaged(installation + "/complete is missing or empty");
        Files.delete(installation.resolve("complete"));
        assertDamaged(installation + "/complete is missing or empty");
    }

    @Test
    void training_removes_caches_of_what_is_gone_but_no_other_training() throws IOException {
        Path cache = work.resolve("home/.cache/igdrom");
        Path other = work.resolve("other");
        write(other.resolve("igdrom.jar"), "");
        write(other.resolve("runtime/release"), "");
        Path training = slot(cache, other).resolve("training/igdrom.aot");
        write(training, "");
        Path gone = slot(cache, work.resolve("gone")).resolve("igdrom.aot");
        write(gone, "");
        Map<String, String> home = Map.of("HOME", work.resolve("home").toString());
        assertThat(run(home, installation.resolve("igdrom").toString()).code()).isZero();
        await(() -> Files.exists(slot(cache, installation).resolve("igdrom.aot")));
        await(() -> !Files.exists(gone));
        assertThat(training).exists();
    }

    @Test
    void both_launchers_find_their_directory_with_the_same_lines() throws IOException {
        assertThat(ownDirectory("packaging/igdrom")).isEqualTo(ownDirectory("igdrom"));
    }

    @Test
    void runtime_that_needs_a_newer_c_library_is_refused() throws IOException {
        assumeProgram("objdump");
        Path runtime = runtimeOfThisJvm("bin/java", "lib/libjli.so");
        assertThat(checkLibraries("99.9", runtime)).isEqualTo(new Run(0, ""));
        Run run = checkLibraries("2.1", runtime);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output())
                .containsPattern("bin/java needs glibc 2[.0-9]+, which is newer than 2.1\n");
    }

    @Test
    void runtime_that_needs_another_library_is_refused() throws IOException {
        assumeProgram("objdump");
        assertThat(checkLibraries("99.9", runtimeOfThisJvm("bin/java")))
                .isEqualTo(
                        new Run(
                                1,
                                "bin/java needs libjli.so, which the packages would not bring\n"));
    }

    @Test
    void runtime_that_objdump_cannot_read_is_refused() throws IOException {
        assumeProgram("objdump");
        Path broken = work.resolve("runtime/lib/libbroken.so");
        write(broken, "\177ELF and nothing more");
        Run run = checkLibraries("99.9", work.resolve("runtime"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).startsWith("lib/libbroken.so cannot be read by objdump: ");
    }

    @Test
    void package_is_not_made_with_a_jdk_for_newer_systems_only() throws IOException {
        assumePackageTools();
        Run libc = run(Map.of(), "getconf", "GNU_LIBC_VERSION");
        assumeTrue(
                libc.output().matches("glibc 2\\.(3[4-9]|[4-9][0-9])\\s*"),
                "the programs of this machine need no newer C library: " + libc.output());
        Path repository = repository();
        Run run = makePackage(repository, jdkWithRuntime("/bin/ls"));
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.output())
                .contains(
                        "igdrom has to run with glibc 2.31",
                        "ls needs glibc 2.",
                        "Use a JDK made for older systems, such as Eclipse Temurin.");
        assertThat(repository.resolve("dist")).doesNotExist();
    }

    @Test
    void package_is_not_made_of_changes_that_are_not_committed() throws IOException {
        assumePackageTools();
        Path repository = repository();
        Files.writeString(repository.resolve("new"), "");
        Run run = makePackage(repository, jdkWithRuntime("/bin/ls"));
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.output()).contains("commit or remove these changes first", "?? new");
    }

    @Test
    void package_does_not_replace_files_without_being_asked() throws IOException {
        assumePackageTools();
        Path repository = repository();
        write(work.resolve("output/file"), "");
        Run run =
                makePackage(
                        repository,
                        jdkWithRuntime("/bin/ls"),
                        "-o",
                        work.resolve("output").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).contains("output is not empty (-f replaces files in it)");
    }

    private void assertDamaged(String what) {
        Run run = igdrom("--version");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.output())
                .startsWith("igdrom: this installation is damaged: " + what)
                .endsWith("; install igdrom again\n")
                .hasLineCount(1);
    }

    /// Where the cache of an installation is, in the user's directory of caches.
    private static Path slot(Path cache, Path installation) {
        return Path.of("%s%s/igdrom.jar%s/runtime".formatted(cache, installation, installation));
    }

    private static void await(BooleanSupplier condition) {
        for (int tenth = 0; !condition.getAsBoolean(); tenth++) {
            assertThat(tenth).isLessThan(600);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /// The lines of a launcher that find its directory.
    private static String ownDirectory(String launcher) throws IOException {
        String script = Files.readString(ROOT.resolve(launcher));
        int start = script.indexOf("# The directory of this script;");
        assertThat(start).isPositive();
        return script.substring(start, script.indexOf("esac\n", start));
    }

    private Path runtimeOfThisJvm(String... files) throws IOException {
        Path home = Path.of(System.getProperty("java.home"));
        Path runtime = work.resolve("runtime");
        for (String file : files) {
            Files.createDirectories(runtime.resolve(file).getParent());
            Files.copy(
                    home.resolve(file), runtime.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return runtime;
    }

    private Run checkLibraries(String glibc, Path runtime) {
        String check = ROOT.resolve("packaging/check-libraries").toString();
        return run(Map.of(), check, glibc, runtime.toString());
    }

    /// A repository with what `./package` needs before it builds.
    private Path repository() throws IOException {
        Path repository = work.resolve("repository");
        copy("package", repository.resolve("package"));
        copy("launcher/find-jdk.sh", repository.resolve("launcher/find-jdk.sh"));
        copy("packaging/check-libraries", repository.resolve("packaging/check-libraries"));
        String git = "git -c user.name=test -c user.email=test@example.org ";
        Run run =
                shell(
                        "cd '"
                                + repository
                                + "' && git init -q && git add -A && "
                                + git
                                + "commit -q -m test");
        assertThat(run).isEqualTo(new Run(0, ""));
        return repository;
    }

    /// A JDK whose runtimes have one program.
    private Path jdkWithRuntime(String program) throws IOException {
        Path jdk = work.resolve("jdk");
        for (String tool : List.of("java", "jar", "jdeps")) {
            program(jdk.resolve("bin").resolve(tool), "#!/bin/sh\n");
        }
        program(
                jdk.resolve("bin/jlink"),
                """
                #!/bin/sh
                while [ "$1" != --output ]; do shift; done
                mkdir -p "$2/bin" && cp '%s' "$2/bin/"
                """
                        .formatted(program));
        write(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
        return jdk;
    }

    private Run makePackage(Path repository, Path jdk, String... arguments) {
        List<String> command = new ArrayList<>(List.of(repository.resolve("package").toString()));
        command.addAll(List.of(arguments));
        return run(Map.of("IGDROM_JAVA_HOME", jdk.toString()), command.toArray(new String[0]));
    }

    private static void assumePackageTools() {
        List.of("git", "mvn", "jq", "objdump", "strip", "dpkg-deb", "xz")
                .forEach(PackagingTest::assumeProgram);
    }

    private static void assumeProgram(String name) {
        for (String path : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(path, name))) {
                return;
            }
        }
        assumeTrue(false, name + " is not installed");
    }

    private static void copy(String from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(ROOT.resolve(from), to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void program(Path file, String text) throws IOException {
        write(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run igdrom(String... arguments) {
        return run(
                Map.of(),
                Stream.concat(
                                Stream.of(installation.resolve("igdrom").toString()),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private Run shell(String script) {
        return run(Map.of(), "/bin/sh", "-c", script);
    }

    private Run run(Map<String, String> environment, String... command) {
        try {
            Path output = Files.createTempFile(work, "output", "");
            ProcessBuilder builder = new ProcessBuilder(command);
            // Without a home, no cache is made in the background.
            builder.environment().keySet().removeAll(List.of("HOME", "XDG_CACHE_HOME"));
            builder.environment().remove("IGDROM_JAVA_OPTIONS");
            builder.environment().putAll(environment);
            int code =
                    builder.redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start()
                            .waitFor();
            return new Run(code, Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
