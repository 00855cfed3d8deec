package igdrom.cli.manual;

import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Option;
import igdrom.cli.options.ValueType;
import java.util.Map;
import java.util.Set;

/// Completion for fish.
///
/// Spec: complete(1) of fish.
final class FishCompletion {
    private final StringBuilder out = new StringBuilder();

    private FishCompletion() {}

    static String script(Map<String, CommandSyntax> commands) {
        FishCompletion completion = new FishCompletion();
        completion.write(commands);
        return completion.out.toString();
    }

    private void write(Map<String, CommandSyntax> commands) {
        out.append(
                """
                # Completion of igdrom for fish, made from the declarations of its options.
                function __igdrom_is
                    set -l words (commandline -opc)
                    test (count $words) -gt (count $argv)
                    or return 1
                    for i in (seq (count $argv))
                        test $words[(math $i + 1)] = $argv[$i]
                        or return 1
                    end
                end
                function __igdrom_words
                    test (count (commandline -opc)) -eq $argv[1]
                end
                # The words of a list that it does not have yet, each after those that it has.
                function __igdrom_list
                    set -l before (commandline -ct | string match -r -- '^(?:--[^=]*=)?(.*,)')[2]
                    for word in $argv
                        string match -q -- "*,$word,*" ",$before"
                        or echo "$before$word"
                    end
                end
                complete -c igdrom -f
                """);
        for (String word : Words.first(commands.keySet())) {
            CommandSyntax syntax = commands.get(word);
            String help =
                    syntax == null ? Words.describe(commands.keySet(), word) : syntax.summary();
            word("__igdrom_words 1", word, help);
        }
        Words.GLOBAL.forEach(option -> option("__igdrom_words 1", option));
        commands.forEach((command, syntax) -> {
            int space = command.indexOf(' ');
            if (space >= 0) {
                String condition =
                        "__igdrom_words 2; and __igdrom_is " + command.substring(0, space);
                word(condition, command.substring(space + 1), syntax.summary());
            }
            command(command, syntax, commands.keySet());
        });
    }

    private void word(String condition, String word, String help) {
        out.append("complete -c igdrom -n ").append(quote(condition));
        out.append(" -a ").append(word).append(" -d ").append(quote(help)).append('\n');
    }

    private void command(String command, CommandSyntax syntax, Set<String> commands) {
        String condition = "__igdrom_is " + command;
        syntax.options().forEach(option -> option(condition, option));
        if (Words.takesFiles(syntax)) {
            out.append("complete -c igdrom -n ").append(quote(condition)).append(" -F\n");
        }
        if (Words.takesCommand(syntax)) {
            operands(condition + "; and __igdrom_words 2", Words.first(commands));
            for (String group : Words.groups(commands)) {
                operands(
                        condition + " " + group + "; and __igdrom_words 3",
                        Words.second(commands, group));
            }
        }
    }

    private void operands(String condition, Set<String> words) {
        out.append("complete -c igdrom -n ").append(quote(condition));
        out.append(" -a ").append(quote(String.join(" ", words))).append('\n');
    }

    private void option(String condition, Option<?> option) {
        out.append("complete -c igdrom -n ").append(quote(condition));
        for (String name : option.names()) {
            boolean word = name.startsWith("--");
            out.append(word ? " -l " : " -s ").append(name.substring(word ? 2 : 1));
        }
        out.append(" -d ").append(quote(option.help()));
        if (!option.label().isEmpty()) {
            out.append(values(option.type()));
        }
        out.append('\n');
    }

    private static String values(ValueType<?> type) {
        if (!type.words().isEmpty()) {
            String words = String.join(" ", type.words());
            return " -x -a " + quote(type.isList() ? "(__igdrom_list " + words + ")" : words);
        }
        return type.isPath() ? " -r -F" : " -x";
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
