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
    void bash_completes_further_words_of_a_list_but_none_twice() {
        assumeProgram("bash");
        assertThat(bash("igdrom", "build", "--allow", "gop-"))
                .containsExactly("compopt -o nospace", "gop-arch", "gop-device", "gop-pch");
        assertThat(bash("igdrom", "build", "--allow", "=", "opregion,gop-arch,gop-"))
                .containsExactly(
                        "compopt -o nospace",
                        "opregion,gop-arch,gop-device",
                        "opregion,gop-arch,gop-pch");
        assertThat(bash("igdrom", "build", "--allow", "gop-arch,vbt-g"))
                .containsExactly("compopt -o nospace", "gop-arch,vbt-generation");
        assertThat(bash("igdrom", "build", "--allow", "gop-arch,gop-arch"))
                .containsExactly("compopt -o nospace");
    }

    @Test
    void fish_completes_further_words_of_a_list_but_none_twice() {
        assumeProgram("fish");
        assertThat(fish("igdrom build --allow gop-"))
                .containsExactly("gop-arch", "gop-device", "gop-pch");
        assertThat(fish("igdrom build --allow=opregion,gop-arch,gop-"))
                .containsExactly(
                        "--allow=opregion,gop-arch,gop-device",
                        "--allow=opregion,gop-arch,gop-pch");
        assertThat(fish("igdrom build --allow gop-arch,vbt-g"))
                .containsExactly("gop-arch,vbt-generation");
        assertThat(fish("igdrom build --allow gop-arch,gop-arch")).isEmpty();
    }

    @Test
    void zsh_completes_commands_options_and_values() throws IOException {
        assumeProgram("zsh");
        assertThat(zsh("igdrom ver")).isEqualTo("igdrom verify ");
        assertThat(zsh("igdrom vbt s")).isEqualTo("igdrom vbt show ");
        assertThat(zsh("igdrom doctor --qu")).isEqualTo("igdrom doctor --quiet ");
        assertThat(zsh("igdrom build --machine q")).isEqualTo("igdrom build --machine q35 ");
    }

    @Test
    void zsh_completes_further_words_of_a_list_but_none_twice() throws IOException {
        assumeProgram("zsh");
        // zsh removes the comma again when a blank is typed.
        assertThat(zsh("igdrom build --allow opr")).isEqualTo("igdrom build --allow opregion,");
        assertThat(zsh("igdrom build --allow opregion,vbt-g"))
                .isEqualTo("igdrom build --allow opregion,vbt-generation,");
        assertThat(zsh("igdrom build --allow=gop-arch,gop-device,gop-"))
                .isEqualTo("igdrom build --allow=gop-arch,gop-device,gop-pch,");
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

    /// What a line becomes when the tabulator key is pressed at its end, in a terminal.
    private static String zsh(String line) throws IOException {
        Path result = directory.resolve("line");
        String script =
                """
                zmodload zsh/zpty
                typeset -i tenths=0
                await() {
                    until [[ -e $1 ]] || (( tenths++ > 3000 )); do
                        zpty -r -t z >/dev/null
                        sleep 0.1
                    done
                }
                zpty -b z zsh -f -i
                # compinit reads every function: a thousand files, unless only its own directories are left.
                zpty -w z "PS1=; typeset -U fpath"
                zpty -w z "fpath=('$1' \\${^fpath}/{compinit,_main_complete}(N:h))"
                zpty -w z "autoload -Uz compinit; compinit -u -D"
                zpty -w z "show() { print -r -- \\"\\$BUFFER\\" >'$1/new' && mv '$1/new' '$1/line' }"
                zpty -w z "zle -N show; bindkey '^X' show; bindkey '^I' complete-word; : >'$1/ready'"
                await "$1/ready"
                zpty -w -n z "$2"$'\\t\\x18'
                await "$1/line"
                zpty -d z
                """;
        Files.deleteIfExists(result);
        Files.deleteIfExists(directory.resolve("ready"));
        String output = run("zsh", "-f", "-c", script, "zsh", directory.toString(), line);
        assertThat(result).as(output).exists();
        return Files.readString(result).replace("\n", "");
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
