package igdrom.cli.manual;

import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Option;
import igdrom.cli.options.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Completion for bash.
///
/// Spec: bash(1), "Programmable Completion"; the functions of bash-completion are not needed.
final class BashCompletion {
    private final StringBuilder out = new StringBuilder();

    private BashCompletion() {}

    static String script(Map<String, CommandSyntax> commands) {
        BashCompletion completion = new BashCompletion();
        completion.write(commands);
        return completion.out.toString();
    }

    private void write(Map<String, CommandSyntax> commands) {
        out.append(
                """
                # Completion of igdrom for bash, made from the declarations of its options.
                _igdrom() {
                    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
                    local command='' options='' words='' files=''
                    # bash splits an option and its value at the equals sign, which is a word too.
                    if [[ $current == = ]]; then
                        current=''
                    elif [[ $previous == = ]]; then
                        previous=${COMP_WORDS[COMP_CWORD - 2]}
                    fi
                    if ((COMP_CWORD > 1)); then
                        command=${COMP_WORDS[1]}
                        case $command in
                """);
        for (String group : Words.groups(commands.keySet())) {
            out.append("        ").append(group).append(") ");
            out.append("((COMP_CWORD == 2)) || command+=\" ${COMP_WORDS[2]}\" ;;\n");
        }
        out.append(
                """
                        esac
                    fi
                    case $command in
                """);
        line("", "words='" + String.join(" ", Words.first(commands.keySet())) + "'");
        for (String group : Words.groups(commands.keySet())) {
            line(group, "words='" + String.join(" ", Words.second(commands.keySet(), group)) + "'");
        }
        commands.forEach(this::command);
        out.append(
                """
                    esac
                    if [[ $current == -* ]]; then
                        words=$options
                        files=''
                    fi
                    # readline completes names of files, since it knows quotes, tildes and colons.
                    [[ -z $files ]] || compopt -o default
                    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
                }
                complete -F _igdrom igdrom
                """);
    }

    private void command(String command, CommandSyntax syntax) {
        List<String> names = new ArrayList<>();
        syntax.options().forEach(option -> names.addAll(option.names()));
        out.append("    '").append(command).append("')\n");
        out.append("        options='").append(String.join(" ", names)).append("'\n");
        if (Words.takesFiles(syntax)) {
            out.append("        files=yes\n");
        }
        out.append("        case $previous in\n");
        for (Option<?> option : syntax.options()) {
            if (!option.label().isEmpty()) {
                String pattern = String.join(" | ", option.names());
                out.append("        ").append(pattern).append(") ").append(value(option.type()));
            }
        }
        out.append("        esac\n        ;;\n");
    }

    private static String value(ValueType<?> type) {
        String words = "words='" + String.join(" ", type.words()) + "'";
        return words + " options='' files=" + (type.isPath() ? "yes" : "''") + " ;;\n";
    }

    private void line(String pattern, String action) {
        out.append("    '").append(pattern).append("') ").append(action).append(" ;;\n");
    }
}
