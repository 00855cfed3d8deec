package igdrom.cli;

import java.util.List;
import picocli.CommandLine.ParseResult;

/// `igdrom help [COMMAND]`.
final class HelpCommand implements Command {
    private static final int NAME_COLUMNS = 12;

    @Override
    public Syntax syntax() {
        return Syntax.of(CommandName.HELP).words("COMMAND", "0..2", "The command to explain.");
    }

    @Override
    public ExitCode run(ParseResult options, Console console) throws OutputException {
        List<String> words = List.of(options.matchedPositionalValue(0, new String[0]));
        if (words.isEmpty()) {
            return overview(console.out());
        }
        for (CommandName name : CommandName.values()) {
            if (name.matches(words) == words.size()) {
                name.command().syntax().printHelp(console);
                return ExitCode.OK;
            }
        }
        throw Commands.unknown(String.join(" ", words));
    }

    static ExitCode overview(Output out) throws OutputException {
        out.line("Usage: igdrom COMMAND [OPTION...] [FILE...]")
                .newline()
                .line("Option ROMs that make Intel integrated graphics passthrough work.")
                .newline()
                .line("Commands:");
        for (CommandName name : CommandName.values()) {
            String padding = " ".repeat(NAME_COLUMNS - name.words().length());
            out.text("  ").styled(Style.STRONG, name.words()).line(padding + name.summary());
        }
        out.newline()
                .line("'igdrom help COMMAND' explains one, 'igdrom --version' says which igdrom.");
        return ExitCode.OK;
    }
}
