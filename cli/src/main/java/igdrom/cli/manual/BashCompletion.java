package igdrom.cli.manual;

import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Option;
import igdrom.cli.options.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
                    local command='' options='' words='' files='' list='' before='' word left=''
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
        line("", list("words", Words.first(commands.keySet())) + " " + options(Words.GLOBAL));
        for (String group : Words.groups(commands.keySet())) {
            line(group, list("words", Words.second(commands.keySet(), group)));
        }
        commands.forEach((command, syntax) -> command(command, syntax, commands.keySet()));
        out.append(
                """
                    esac
                    if [[ $current == -* ]]; then
                        words=$options
                        files=''
                    elif [[ -n $list ]]; then
                        # A further word of a list, and no blank after it, since a comma may follow.
                        [[ $current != *,* ]] || before=${current%,*},
                        for word in $words; do
                            [[ ,$before == *,$word,* ]] || left+=" $word"
                        done
                        words=$left
                        compopt -o nospace
                    fi
                    # readline completes names of files, since it knows quotes, tildes and colons.
                    [[ -z $files ]] || compopt -o default
                    mapfile -t COMPREPLY < <(compgen -P "$before" -W "$words" -- "${current#"$before"}")
                }
                complete -F _igdrom igdrom
                """);
    }

    private void command(String command, CommandSyntax syntax, Set<String> commands) {
        out.append("    '").append(command).append("')\n");
        out.append("        ").append(options(syntax.options())).append('\n');
        if (Words.takesFiles(syntax)) {
            out.append("        files=yes\n");
        }
        if (Words.takesCommand(syntax)) {
            out.append("        case $COMP_CWORD:${COMP_WORDS[2]} in\n");
            out.append("        2:*) ")
                    .append(list("words", Words.first(commands)))
                    .append(" ;;\n");
            for (String group : Words.groups(commands)) {
                out.append("        3:").append(group).append(") ");
                out.append(list("words", Words.second(commands, group))).append(" ;;\n");
            }
            out.append("        esac\n");
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
        return list("words", type.words())
                + " options='' files="
                + (type.isPath() ? "yes" : "''")
                + (type.isList() && !type.words().isEmpty() ? " list=yes" : "")
                + " ;;\n";
    }

    private static String options(List<? extends Option<?>> options) {
        List<String> names = new ArrayList<>();
        options.forEach(option -> names.addAll(option.names()));
        return list("options", names);
    }

    private static String list(String variable, Collection<String> words) {
        return variable + "='" + String.join(" ", words) + "'";
    }

    private void line(String pattern, String action) {
        out.append("    '").append(pattern).append("') ").append(action).append(" ;;\n");
    }
}
