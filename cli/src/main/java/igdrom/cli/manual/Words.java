package igdrom.cli.manual;

import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Operands;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/// The words of the command line, as completion needs them.
final class Words {
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

    /// Whether the operands of a command are files.
    static boolean takesFiles(CommandSyntax syntax) {
        Operands operands = syntax.operands();
        return operands != null && operands.files();
    }
}
