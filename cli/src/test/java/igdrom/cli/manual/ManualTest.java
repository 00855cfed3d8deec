package igdrom.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.cli.Session;
import igdrom.cli.commands.Commands;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The man pages and the completion say what the help says, and the programs that read them agree.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ManualTest {
    private static final Map<String, CommandSyntax> COMMANDS = Commands.syntaxes();

    @TempDir static Path directory;

    @BeforeAll
    void write_the_manual() throws IOException {
        Manual.write(directory, "2026-11-29");
    }

    @Test
    void page_of_every_command_has_every_word_of_its_help() throws IOException {
        for (Map.Entry<String, CommandSyntax> command : COMMANDS.entrySet()) {
            CommandSyntax syntax = command.getValue();
            String page = text(ManPage.name(command.getKey()) + ".1");
            assertThat(page).contains(syntax.summary() + ".", syntax.details());
            Operands operands = syntax.operands();
            if (operands != null) {
                assertThat(page).contains(operands.synopsis(), operands.help());
            }
            for (Option<?> option : syntax.options()) {
                String label = option.label().isEmpty() ? "" : " " + option.label();
                String names = String.join(", ", option.names()) + label;
                assertThat(page).contains("\n" + names + "\n" + option.help() + "\n");
            }
            assertThat(page).contains(syntax.examples());
        }
    }

    @Test
    void overview_lists_every_command() throws IOException {
        String page = text("igdrom.1");
        COMMANDS.forEach((command, syntax) ->
                assertThat(page)
                        .contains("\n" + command + "\n" + syntax.summary() + ".\n")
                        .contains(ManPage.name(command) + "(1)"));
    }

    @Test
    void pages_say_every_sentence_that_the_help_prints() throws IOException {
        String overview = Session.of("help").out();
        assertSays(
                text("igdrom.1"),
                overview.replaceAll("(?m)^(Host|Image|ROM|Guest|More) +", "")
                        .replace(" | help COMMAND | --version", ""));
        for (String command : COMMANDS.keySet()) {
            List<String> arguments = new ArrayList<>(List.of("help"));
            arguments.addAll(List.of(command.split(" ", -1)));
            Session help = Session.of(arguments.toArray(new String[0]));
            assertThat(help.code()).isEqualTo(ExitCode.OK);
            assertSays(text(ManPage.name(command) + ".1"), help.out());
        }
    }

    @Test
    void pages_are_valid() throws IOException {
        assumeProgram("mandoc");
        List<String> pages = new ArrayList<>(List.of("mandoc", "-T", "lint", "-W", "warning"));
        try (Stream<Path> files = Files.list(directory)) {
            files.map(Path::toString).filter(name -> name.endsWith(".1")).forEach(pages::add);
        }
        assertThat(pages).hasSize(COMMANDS.size() + 6);
        assertThat(run(pages.toArray(new String[0]))).isEmpty();
    }

    @Test
    void bash_completes_commands_options_and_values() {
        assumeProgram("bash");
        assertThat(bash("igdrom", "")).isEqualTo(new TreeSet<>(Words.first(COMMANDS.keySet())));
        assertThat(bash("igdrom", "vbt", "")).contains("show", "edit");
        assertThat(bash("igdrom", "build", "--machine", "")).contains("pc", "q35", "bhyve");
        assertThat(bash("igdrom", "build", "--machine", "=", "p")).containsExactly("pc");
        assertThat(bash("igdrom", "--v")).containsExactly("--version");
        assertThat(bash("igdrom", "help", "vbt", "")).containsExactly("edit", "show");
        assertThat(bash("igdrom", "help", "build", "")).isEmpty();
        COMMANDS.forEach((command, syntax) -> {
            List<String> words = new ArrayList<>(List.of("igdrom"));
            words.addAll(List.of(command.split(" ", -1)));
            words.add("-");
            assertThat(bash(words.toArray(new String[0]))).isEqualTo(names(syntax));
        });
    }

    @Test
    void bash_leaves_names_of_files_to_readline() {
        assumeProgram("bash");
        Set<String> files = Set.of("compopt -o default");
        assertThat(bash("igdrom", "inspect", "")).isEqualTo(files);
        assertThat(bash("igdrom", "build", "--firmware", "=", "b")).isEqualTo(files);
        assertThat(bash("igdrom", "build", "")).isEmpty();
    }

    @Test
    void fish_completes_commands_options_and_values() {
        assumeProgram("fish");
        assertThat(fish("igdrom ")).isEqualTo(new TreeSet<>(Words.first(COMMANDS.keySet())));
        assertThat(fish("igdrom vbt ")).contains("show", "edit");
        assertThat(fish("igdrom build --machine ")).contains("pc", "q35", "bhyve");
        assertThat(fish("igdrom --v")).containsExactly("--version");
        assertThat(fish("igdrom help vbt ")).containsExactly("edit", "show");
        assertThat(fish("igdrom help build ")).isEmpty();
        COMMANDS.forEach((command, syntax) -> {
            Set<String> names = names(syntax);
            names.removeIf(name -> !name.startsWith("--"));
            assertThat(fish("igdrom " + command + " --")).isEqualTo(names);
        });
    }

    @Test
    void zsh_accepts_its_completion() {
        assumeProgram("zsh");
        assertThat(run("zsh", "-n", directory.resolve("_igdrom").toString())).isEmpty();
    }

    @Test
    void zsh_completion_has_every_option_with_its_help() throws IOException {
        String script = Files.readString(directory.resolve("_igdrom"));
        COMMANDS.forEach((command, syntax) ->
                syntax.options()
                        .forEach(option ->
                                assertThat(script.replace("\\", ""))
                                        .contains("[" + option.help().replace("'", "'''") + "]")));
    }

    private static Set<String> names(CommandSyntax syntax) {
        Set<String> names = new TreeSet<>();
        syntax.options().forEach(option -> names.addAll(option.names()));
        return names;
    }

    /// Requires every entry of a help text, which may be folded, on a page.
    private static void assertSays(String page, String help) {
        String words = words(page);
        // What is further to the right than a name continues the line before, as in a shell does
        // what
        // follows a backslash.
        String unfolded = help.replaceAll("\n {12,}(?=\\S)| \\\\\n", " ");
        for (String entry : words(unfolded.lines().toList())) {
            assertThat(words).containsIgnoringCase(entry);
        }
    }

    /// The entries of a help text, without the colons of its headings.
    private static List<String> words(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst("^Usage: |:$", "").replaceFirst("\\.$", ""))
                .map(ManualTest::words)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String words(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /// A page without its requests and escapes.
    private static String text(String page) throws IOException {
        return Files.readString(directory.resolve(page))
                .replaceAll("(?m)^\\.S[HS] \"?([^\"\n]*)\"?$", "$1")
                .replaceAll("\\\\f[BIR]", "")
                .replace("\\-", "-")
                .replace("\\&", "")
                .replace("\\e", "\\");
    }

    private static Set<String> bash(String... words) {
        StringBuilder script = new StringBuilder("source '");
        script.append(directory.resolve("igdrom.bash")).append("'; COMP_WORDS=(");
        for (String word : words) {
            script.append('\'').append(word).append("' ");
        }
        script.append("); COMP_CWORD=").append(words.length - 1);
        // It works during a completion only.
        script.append("; compopt() { echo \"compopt $*\"; }");
        script.append("; _igdrom; printf '%s\\n' \"${COMPREPLY[@]}\"");
        return lines(run("bash", "--norc", "-c", script.toString()));
    }

    private static Set<String> fish(String line) {
        String script =
                "source '%s'; complete -C '%s'".formatted(directory.resolve("igdrom.fish"), line);
        Set<String> words = new TreeSet<>();
        for (String completion : lines(run("fish", "--no-config", "-c", script))) {
            words.add(completion.split("\t", -1)[0]);
        }
        return words;
    }

    private static Set<String> lines(String text) {
        Set<String> lines = new TreeSet<>(text.lines().toList());
        lines.remove("");
        return lines;
    }

    private static void assumeProgram(String name) {
        for (String path : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(path, name))) {
                return;
            }
        }
        assumeTrue(false, name + " is not installed");
    }

    /// What a program prints, on both streams.
    private static String run(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", directory.toString());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
