package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Option;
import igdrom.cli.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--force` replaces no file that the same command reads, by any option of any command.
class ForceTest {
    @TempDir Path directory = Path.of("");

    @Test
    void no_command_replaces_a_file_that_one_of_its_options_names() throws IOException {
        Path file = Files.writeString(directory.resolve("input"), "mine");
        int tried = 0;
        for (CommandName name : List.of(CommandName.BUILD, CommandName.TEST)) {
            Option<Path> output =
                    name == CommandName.BUILD ? Options.OUTPUT_ROM : Options.SCREENSHOT;
            CommandSyntax syntax = name.command().syntax();
            for (Option<?> option : syntax.options()) {
                if (!option.type().isInput()) {
                    continue;
                }
                List<String> line = new ArrayList<>(List.of(name.words(), "--force"));
                line.addAll(List.of(option.name(), file.toString()));
                line.addAll(List.of(output.name(), file.toString()));
                if (syntax.operands() != null) {
                    line.add("rom");
                }
                assertThat(Session.of(line.toArray(new String[0])))
                        .as(option.name())
                        .isEqualTo(
                                Session.failed(
                                        ExitCode.USAGE,
                                        file + " is an input: --force does not replace it"));
                tried++;
            }
        }
        assertThat(tried).isEqualTo(7);
        assertThat(file).hasContent("mine");
    }
}
