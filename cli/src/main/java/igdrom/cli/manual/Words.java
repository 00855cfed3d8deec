package igdrom.cli.manual;

import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Option;
import igdrom.cli.options.Options;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The words of the command line, as completion needs them.
final class Words {
    /// The options that may stand in place of a command.
    static final List<Option<Boolean>> GLOBAL = List.of(Options.HELP, Options.VERSION);

    private Words() {}

    /// What may be the first word.
    static Set<String> first(Collection<String> commands) {
        Set<String> words = new LinkedHashSet<>();
        commands.forEach(command -> words.add(command.split(" ", -1)[0]));
        return words;
    }

    /// The first words that need a second one.
    static Set<String> groups(Collection<String> commands) {
        Set<String> words = new LinkedHashSet<>();
        for (String command : commands) {
            int space = command.indexOf(' ');
            if (space >= 0) {
                words.add(command.substring(0, space));
            }
        }
        return words;
    }

    /// What may follow the first word.
    static Set<String> second(Collection<String> commands, String group) {
        Set<String> words = new LinkedHashSet<>();
        for (String command : commands) {
            if (command.startsWith(group + " ")) {
                words.add(command.substring(group.length() + 1));
            }
        }
        return words;
    }

    /// What to say about a first word that needs a second one.
    static String describe(Collection<String> commands, String group) {
        return "Commands: " + String.join(", ", second(commands, group));
    }

    /// Whether the operands of a command are the name of another.
    static boolean takesCommand(CommandSyntax syntax) {
        Operands operands = syntax.operands();
        return operands != null && !operands.files();
    }

    /// Whether the operands of a command are files.
    static boolean takesFiles(CommandSyntax syntax) {
        Operands operands = syntax.operands();
        return operands != null && operands.files();
    }
}
