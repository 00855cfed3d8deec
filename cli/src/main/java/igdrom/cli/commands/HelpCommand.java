package igdrom.cli.commands;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.report.text.Style;
import java.io.IOException;
import java.util.List;

/// `igdrom help [COMMAND]`.
final class HelpCommand implements Command {
    private static final int NAME_COLUMNS = 12;

    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.HELP.summary())
                .operands(Operands.words("COMMAND", "0..2", "The command to explain."))
                .examples("igdrom help build", "igdrom help vbt show");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        List<String> words = arguments.operands();
        return words.isEmpty()
                ? printOverview(console.out())
                : Commands.printHelp(String.join(" ", words), console);
    }

    static ExitCode printOverview(Output out) throws OutputException {
        out.line("Usage: igdrom COMMAND [OPTION...] [FILE...]")
                .newline()
                .line("Builds and tests option ROMs for Intel integrated graphics passthrough.")
                .newline()
                .line("Commands:");
        for (CommandName name : CommandName.values()) {
            String padding = " ".repeat(NAME_COLUMNS - name.words().length());
            out.text("  ").styled(Style.HEADING, name.words()).line(padding + name.summary());
        }
        out.newline()
                .line(
                        "'igdrom help COMMAND' explains a command, 'igdrom "
                                + Options.VERSION
                                + "' prints the version.");
        return ExitCode.OK;
    }
}
