package igdrom.cli.manual;

import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Option;
import igdrom.cli.options.ValueType;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Completion for zsh.
///
/// Spec: zshcompsys(1), `_arguments` and `_describe`.
final class ZshCompletion {
    private final StringBuilder out = new StringBuilder();

    private ZshCompletion() {}

    static String script(Map<String, CommandSyntax> commands) {
        ZshCompletion completion = new ZshCompletion();
        completion.write(commands);
        return completion.out.toString();
    }

    private void write(Map<String, CommandSyntax> commands) {
        out.append(
                """
                #compdef igdrom
                # Completion of igdrom for zsh, made from the declarations of its options.
                _igdrom() {
                    local -a commands options
                    local command=$words[2]
                    if (( CURRENT == 2 )); then
                        commands=(
                """);
        for (String word : Words.first(commands.keySet())) {
            CommandSyntax syntax = commands.get(word);
            describe(
                    word,
                    syntax == null ? Words.describe(commands.keySet(), word) : syntax.summary());
        }
        out.append("        )\n        options=(\n");
        Words.GLOBAL.forEach(
                option -> option.names().forEach(name -> describe(name, option.help())));
        out.append(
                """
                        )
                        _describe command commands
                        [[ $command != -* ]] || _describe -o option options
                        return
                    fi
                    shift words
                    (( CURRENT-- ))
                """);
        for (String group : Words.groups(commands.keySet())) {
            out.append("    if [[ $command == ").append(group).append(" ]]; then\n");
            out.append("        if (( CURRENT == 2 )); then\n            commands=(\n");
            for (String word : Words.second(commands.keySet(), group)) {
                CommandSyntax command = Objects.requireNonNull(commands.get(group + " " + word));
                describe(word, command.summary());
            }
            out.append(
                    """
                                )
                                _describe command commands
                                return
                            fi
                            command="$command $words[2]"
                            shift words
                            (( CURRENT-- ))
                        fi
                    """);
        }
        out.append("    case $command in\n");
        commands.forEach((command, syntax) -> command(command, syntax, commands.keySet()));
        out.append("    esac\n}\n_igdrom \"$@\"\n");
    }

    private void describe(String word, String text) {
        out.append("            ").append(quote(word + ":" + text)).append('\n');
    }

    private void command(String command, CommandSyntax syntax, Set<String> commands) {
        out.append("    ").append(quote(command)).append(")\n        _arguments -s");
        for (Option<?> option : syntax.options()) {
            String all = String.join(" ", option.names());
            for (String name : option.names()) {
                out.append(" \\\n            ").append(quote(argument(all, name, option)));
            }
        }
        Operands operands = syntax.operands();
        if (Words.takesCommand(syntax)) {
            operand("1:command:(" + String.join(" ", Words.first(commands)) + ")");
            for (String group : Words.groups(commands)) {
                String second = String.join(" ", Words.second(commands, group));
                operand("2:command:{ [[ $words[2] != " + group + " ]] || compadd " + second + " }");
            }
        } else if (operands != null) {
            operand("*:" + operands.label() + ":_files");
        }
        out.append("\n        ;;\n");
    }

    private void operand(String argument) {
        out.append(" \\\n            ").append(quote(argument));
    }

    /// One name of an option, which excludes its other name.
    private static String argument(String all, String name, Option<?> option) {
        String start = option.type().isRepeatable() ? "*" + name : "(" + all + ")" + name;
        String description = "[" + escape(option.help()) + "]";
        if (option.label().isEmpty()) {
            return start + description;
        }
        boolean separate = !name.startsWith("--");
        return start
                + (separate ? "+" : "=")
                + description
                + ":"
                + escape(option.label())
                + ":"
                + values(option.label(), option.type());
    }

    private static String values(String label, ValueType<?> type) {
        if (!type.words().isEmpty()) {
            if (type.isList()) {
                return "_values -s , " + label + " " + String.join(" ", type.words());
            }
            return "(" + String.join(" ", type.words()) + ")";
        }
        return type.isPath() ? "_files" : " ";
    }

    /// Spec: zshcompsys(1): brackets and colons end a description.
    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
