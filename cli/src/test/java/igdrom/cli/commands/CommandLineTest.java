package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
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
    void unknown_command_gets_a_suggestion() {
        assertThat(Session.of("hepl"))
                .isEqualTo(
                        Session.failed(
                                ExitCode.USAGE,
                                "no command 'hepl', did you mean 'help'? (see: igdrom help)"));
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
        assertThat(Session.of("inspect", "--device", ":::", "--json", "/gone"))
                .isEqualTo(
                        new Session(
                                ExitCode.USAGE,
                                "{\"schema\":1,\"error\":\"invalid value for option '--device':"
                                        + " \\\":::\\\" is not a PCI id like 8086:46d4 or, with its"
                                        + " revision, 8086:46d4:0c (lspci -nn shows both) (see:"
                                        + " igdrom help inspect)\",\"exitCode\":2}\n",
                                "igdrom: invalid value for option '--device': \":::\" is not a PCI"
                                        + " id like 8086:46d4 or, with its revision, 8086:46d4:0c"
                                        + " (lspci -nn shows both) (see: igdrom help inspect)\n"));
        assertThat(Session.of("inspekt", "--json").out())
                .isEqualTo(
                        "{\"schema\":1,\"error\":\"no command 'inspekt', did you mean 'inspect'?"
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
                .startsWith("igdrom: no command '0' (see: igdrom help)\n    at igdrom.cli.");
    }
}
