package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.Invocation;
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
                                "unknown command 'vbt shwo', did you mean 'show'? (see: igdrom help"
                                        + " vbt)"));
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
                                "unknown option: '--hepl', did you mean '--help'?"
                                        + " (see: igdrom help help)"));
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
