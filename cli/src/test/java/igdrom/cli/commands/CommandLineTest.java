package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.Invocation;
import igdrom.cli.options.Option;
import igdrom.cli.output.Terminal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void version_is_that_of_the_pom() throws Exception {
        assertThat(Version.text()).startsWith("igdrom ");
        String version = Version.text().substring("igdrom ".length());
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(pom).contains("<version>" + version + "</version>");
        assertThat(Session.of("--version"))
                .isEqualTo(
                        new Session(
                                ExitCode.OK,
                                "igdrom "
                                        + version
                                        + " (Java "
                                        + System.getProperty("java.version")
                                        + ")\n",
                                ""));
    }

    @Test
    void command_line_without_arguments_is_wrong_usage_and_shows_the_overview() {
        Session session = Session.of();
        assertThat(session.code()).isEqualTo(ExitCode.USAGE);
        assertThat(session.out()).isEmpty();
        assertThat(session.err()).isEqualTo(Session.of("--help").out());
    }

    @Test
    void help_explains_every_command() {
        for (CommandName name : CommandName.values()) {
            String[] words = ("help " + name.words()).split(" ", -1);
            Session session = Session.of(words);
            assertThat(session.out()).startsWith("Usage: igdrom " + name.words() + " ");
            assertThat(session.out()).contains(name.summary() + ".\n");
            assertThat(session.err()).isEmpty();
            assertThat(session.code()).isEqualTo(ExitCode.OK);
        }
    }

    @Test
    void help_fits_the_terminal() {
        for (CommandName name : CommandName.values()) {
            String[] words = ("help " + name.words()).split(" ", -1);
            assertThat(Session.of(words).out().lines()).allMatch(line -> line.length() <= 80);
        }
    }

    @Test
    void help_of_every_command_gives_an_example() {
        for (CommandName name : CommandName.values()) {
            assertThat(name.command().syntax().examples()).as(name.words()).isNotEmpty();
        }
    }

    @Test
    void every_example_is_a_valid_command_line() {
        for (CommandName name : CommandName.values()) {
            for (String example : name.command().syntax().examples()) {
                List<String> words = igdromIn(example);
                assertThat(words).as(example).isNotEmpty();
                assertThat(Commands.parse(words))
                        .as(example)
                        .isInstanceOfSatisfying(
                                Invocation.Run.class,
                                run -> assertThat(run.command()).isEqualTo(name.words()));
            }
        }
    }

    /// The arguments of igdrom in a command line of a shell.
    private static List<String> igdromIn(String example) {
        for (String command : example.split("[|;>]", -1)) {
            List<String> words = List.of(command.strip().split(" +", -1));
            int program = words.indexOf("igdrom");
            if (program >= 0) {
                return words.subList(program + 1, words.size());
            }
        }
        return List.of();
    }

    @Test
    void group_of_commands_is_explained_and_is_not_a_command() {
        assertThat(Session.of("help", "vbt").out()).contains("show");
        assertThat(Session.of("vbt"))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE, "'vbt' needs a command (see: igdrom help vbt)"));
        assertThat(Session.of("vbt", "shwo"))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE,
                                "unknown command 'vbt shwo', did you mean 'vbt show'? (see: igdrom"
                                        + " help vbt)"));
    }

    @Test
    void unknown_command_gets_a_suggestion() {
        assertThat(Session.of("hepl"))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE,
                                "unknown command 'hepl', did you mean 'help'? (see: igdrom help)"));
    }

    @Test
    void unknown_option_gets_a_suggestion() {
        assertThat(Session.of("help", "--hepl"))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE,
                                "unknown option '--hepl', did you mean '--help'?"
                                        + " (see: igdrom help help)"));
    }

    @Test
    void wrong_command_line_is_refused_with_what_may_have_been_meant() {
        refused("unknown command 'surgeon' (see: igdrom help)", "surgeon");
        refused(
                "unknown command 'pom.xml', did you mean 'inspect pom.xml'? (see: igdrom help)",
                "pom.xml");
        refused(
                "unknown command 'version', did you mean '--version'? (see: igdrom help)",
                "version");
        refused(
                "unknown option '--verison', did you mean '--version'? (see: igdrom help)",
                "--verison");
        refused("unknown command 'show', did you mean 'vbt show'? (see: igdrom help)", "show");
        refused(
                "unknown option '--devcie', did you mean '--device'? (see: igdrom help inspect)",
                "inspect",
                "--devcie=46d1",
                "bios.bin");
        refused("unknown option '-q' (see: igdrom help build)", "build", "-o", "igd.rom", "-q");
        String help = " (see: igdrom help vbt)";
        String[] words = Session.of("vbt", "frobnicate").err().split(";", 2);
        assertThat(words[0]).isEqualTo("igdrom: unknown command 'vbt frobnicate'");
        assertThat(words[1]).startsWith(" there is 'vbt show'").endsWith(help + "\n");
        assertThat(Session.of("help", "vbt", "frobnicate").err())
                .isEqualTo(String.join(";", words));
    }

    @Test
    void leftover_argument_is_named_with_the_option_that_takes_it() {
        refused(
                "unexpected argument '8086:46d1', did you mean '--device 8086:46d1'? (see: igdrom"
                        + " help build)",
                "build",
                "-o",
                "igd.rom",
                "8086:46d1");
        refused(
                "unexpected argument 'bios.bin', did you mean '--firmware bios.bin'? (see: igdrom"
                        + " help build)",
                "build",
                "-o",
                "igd.rom",
                "bios.bin");
        refused("unexpected argument 'b' (see: igdrom help test)", "test", "a", "b");
        refused("unexpected argument 'x' (see: igdrom help e820)", "e820", "x");
    }

    @Test
    void missing_and_superfluous_values_are_named() {
        refused("inspect needs FILE... (see: igdrom help inspect)", "inspect");
        refused("extract needs -o DIR (see: igdrom help extract)", "extract", "bios.bin");
        refused("extract needs -o DIR and FILE... (see: igdrom help extract)", "extract");
        refused("--device needs a value: ID|CPU (see: igdrom help inspect)", "inspect", "--device");
        refused(
                "--gop needs a value: FILE (see: igdrom help build)",
                "build",
                "--gop",
                "--vbt",
                "x");
        refused(
                "unknown option '--frimware', did you mean '--firmware'? (see: igdrom help build)",
                "build",
                "--frimware",
                "bios.bin");
        refused("--all takes no value (see: igdrom help inspect)", "inspect", "--all=x", "f");
        refused(
                "--output is given twice (see: igdrom help build)",
                "build",
                "-o",
                "a",
                "--output",
                "b");
    }

    private static void refused(String problem, String... arguments) {
        assertThat(Session.of(arguments)).isEqualTo(Session.failed(ExitCode.USAGE, problem));
    }

    @Test
    void overview_fits_a_screen_of_80_columns_and_24_lines() {
        String overview = Session.of("help").out();
        assertThat(overview.lines().count()).isLessThan(24);
        assertThat(overview.lines()).allMatch(line -> line.length() <= 80);
        for (CommandName name : CommandName.values()) {
            assertThat(overview)
                    .containsPattern("(?m)^.{8}" + name.words() + " +" + name.summary());
        }
    }

    @Test
    void examples_come_before_options_and_every_option_is_under_its_group() {
        for (CommandName name : CommandName.values()) {
            String help = Session.of(("help " + name.words()).split(" ", -1)).out();
            int options = help.indexOf("\nEvery command:\n");
            assertThat(help.indexOf("\nExamples:\n")).isPositive().isLessThan(options);
            for (Option<?> option : name.command().syntax().options()) {
                String heading = option.group().title();
                int line = help.indexOf(option.names().getFirst(), help.indexOf(heading + ":\n"));
                assertThat(line).as(name.words() + " " + option).isPositive();
            }
        }
    }

    @Test
    void help_breaks_no_word_on_a_narrow_terminal() {
        Terminal narrow = new Terminal(true, false, 40, StandardCharsets.UTF_8, false);
        for (CommandName name : CommandName.values()) {
            String[] words = ("help " + name.words()).split(" ", -1);
            String wide = Session.of(words).out().replace("\\\n", "");
            String folded = Session.of(narrow, words).out().replaceAll(" ?\\\\\n *", " ");
            assertThat(folded.split("\\s+", -1)).containsExactly(wide.split("\\s+", -1));
        }
    }

    @Test
    void unknown_colour_mode_is_wrong_usage() {
        assertThat(Session.of("help", "--color=blue"))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE,
                                "invalid value for option '--color': 'blue' is not auto, always or"
                                        + " never (see: igdrom help help)"));
    }

    @Test
    void invalid_command_line_with_json_prints_one_object() {
        for (CommandName name : CommandName.values()) {
            List<String> line = new ArrayList<>(List.of(name.words().split(" ", -1)));
            line.addAll(List.of("--json", "--nonsense"));
            Session session = Session.of(line.toArray(new String[0]));
            assertThat(session.code()).isEqualTo(ExitCode.USAGE);
            String problem = session.err().substring("igdrom: ".length()).strip();
            assertThat(session.out())
                    .isEqualTo("{\"schema\":1,\"error\":\"" + problem + "\",\"exitCode\":2}\n");
        }
        String device =
                "is not a PCI id like 8086:46d4 or, with its revision, 8086:46d4:0c (lspci -nn -s"
                        + " 02.0 shows both), nor a processor like N100 (see: igdrom help inspect)";
        assertThat(Session.of("inspect", "--device", ":::", "--json", "/gone"))
                .isEqualTo(
                        new Session(
                                ExitCode.USAGE,
                                "{\"schema\":1,\"error\":\"invalid value for option '--device':"
                                        + " \\\":::\\\" "
                                        + device
                                        + "\",\"exitCode\":2}\n",
                                "igdrom: invalid value for option '--device': \":::\" "
                                        + device
                                        + "\n"));
        assertThat(Session.of("inspekt", "--json").out())
                .isEqualTo(
                        "{\"schema\":1,\"error\":\"unknown command 'inspekt', did you mean"
                                + " 'inspect'?"
                                + " (see: igdrom help)\",\"exitCode\":2}\n");
        assertThat(Session.of("inspect", "", "--json").out())
                .isEqualTo(
                        "{\"schema\":1,\"error\":\"an argument is empty (see: igdrom help"
                                + " inspect)\",\"exitCode\":2}\n");
        assertThat(Session.of("help", "0", "--", "--json").out()).isEmpty();
    }

    @Test
    void trace_shows_where_an_error_arose() {
        assertThat(Session.of("help", "0", "--trace").err())
                .startsWith("igdrom: unknown command '0' (see: igdrom help)\n    at igdrom.cli.");
    }
}
