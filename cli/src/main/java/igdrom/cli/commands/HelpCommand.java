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
import igdrom.report.text.StyledText;
import java.io.IOException;
import java.util.List;

/// `igdrom help [COMMAND]`.
final class HelpCommand implements Command {
    private static final int HEADING_COLUMNS = 8;
    private static final int NAME_COLUMNS = 11;

    static final Overview OVERVIEW =
            new Overview(
                    "igdrom COMMAND [OPTION...] [FILE...]",
                    "Build and test option ROMs for Intel integrated graphics passthrough",
                    List.of(
                            "igdrom demo",
                            "sudo igdrom doctor",
                            "igdrom build "
                                    + Options.DEVICE
                                    + " N100 "
                                    + Options.FIRMWARE
                                    + " bios.bin -o igd.rom"));

    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.HELP.summary())
                .operands(Operands.command("COMMAND", "0..2", "The command to explain."))
                .examples("igdrom help build", "igdrom help vbt show");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        List<String> words = arguments.operands();
        return words.isEmpty()
                ? printOverview(console.out(), console.terminal().columns())
                : Commands.printHelp(String.join(" ", words), console);
    }

    /// Prints what fits a screen of 24 lines: examples, the commands by what they are about, and
    /// usage.
    static ExitCode printOverview(Output out, int columns) throws OutputException {
        StyledText.Builder text = new StyledText.Builder();
        text.paragraph(OVERVIEW.summary() + ".").newline();
        text.styled(Style.HEADING, "Examples:").newline();
        for (String example : OVERVIEW.examples()) {
            text.text("  " + example).commandLine();
        }
        text.newline();
        CommandName.Subject last = null;
        for (CommandName name : CommandName.values()) {
            String heading = name.subject() == last ? "" : name.subject().heading();
            last = name.subject();
            String indent = " ".repeat(HEADING_COLUMNS - heading.length());
            String padding = " ".repeat(NAME_COLUMNS - name.words().length());
            text.text(heading + indent)
                    .styled(Style.HEADING, name.words())
                    .line(padding + name.summary());
        }
        text.styled(Style.HEADING, "Usage:")
                .line(" " + OVERVIEW.synopsis() + " | help COMMAND | " + Options.VERSION);
        out.styled(text.build().folded(columns));
        return ExitCode.OK;
    }
}
