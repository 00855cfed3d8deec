package igdrom.cli.options;

import igdrom.report.text.Style;
import igdrom.report.text.StyledText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes the help of commands: examples first, then the options by their groups.
final class CommandHelp {
    private static final int NAME_COLUMNS = 26;
    private static final String SHORT_NAME_INDENT = "    ";

    private final StyledText.Builder out = new StyledText.Builder();

    private CommandHelp() {}

    /// The help of one command.
    ///
    /// @param command its name, one word or two
    static StyledText of(String command, CommandSyntax syntax) {
        CommandHelp help = new CommandHelp();
        help.usage(syntax.synopsis(command));
        help.out.newline().paragraph(syntax.summary() + ".");
        if (!syntax.details().isEmpty()) {
            help.out.paragraph(syntax.details());
        }
        help.examples(syntax.examples());
        Operands operands = syntax.operands();
        if (operands != null) {
            help.out.newline();
            help.entry("  " + operands.synopsis(), operands.help());
        }
        for (OptionGroup group : OptionGroup.values()) {
            help.options(group, syntax.options());
        }
        return help.out.build();
    }

    /// The help of a group of commands.
    ///
    /// @param group the first word of their names
    /// @param commands by the second word, in the order of the overview
    static StyledText of(String group, Map<String, CommandSyntax> commands) {
        CommandHelp help = new CommandHelp();
        help.usage("igdrom " + group + " COMMAND [OPTIONS] FILE...");
        List<String> examples = new ArrayList<>();
        commands.values().forEach(syntax -> examples.addAll(syntax.examples()));
        help.examples(examples);
        help.out.newline().styled(Style.HEADING, "Commands:").newline();
        commands.forEach(
                (name, syntax) -> help.entry("  " + group + " " + name, syntax.summary() + "."));
        help.out
                .newline()
                .paragraph("'igdrom help " + group + " COMMAND' lists the options of a command.");
        return help.out.build();
    }

    private void usage(String synopsis) {
        out.styled(Style.HEADING, "Usage:").line(" " + synopsis);
    }

    private void examples(List<String> examples) {
        if (examples.isEmpty()) {
            return;
        }
        out.newline().styled(Style.HEADING, "Examples:").newline();
        for (String example : examples) {
            out.text("  " + example).commandLine();
        }
    }

    private void options(OptionGroup group, List<Option<?>> options) {
        boolean first = true;
        for (Option<?> option : options) {
            if (option.group() != group) {
                continue;
            }
            if (first) {
                out.newline().styled(Style.HEADING, group.title() + ":").newline();
                first = false;
            }
            String names = String.join(", ", option.names());
            String indent = option.names().size() > 1 ? "" : SHORT_NAME_INDENT;
            String label = option.label().isEmpty() ? "" : " " + option.label();
            entry("  " + indent + names + label, option.help());
        }
    }

    /// A name and what it stands for, which begins in the same column everywhere.
    private void entry(String name, String text) {
        if (name.length() + 2 > NAME_COLUMNS) {
            out.line(name);
            out.line(" ".repeat(NAME_COLUMNS) + text);
        } else {
            out.line(name + " ".repeat(NAME_COLUMNS - name.length()) + text);
        }
    }
}
