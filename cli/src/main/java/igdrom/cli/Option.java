package igdrom.cli;

import java.util.List;

/// One option of a command.
///
/// @param kind what stands behind its name
/// @param label of the value, empty for a flag
/// @param description for the help, empty for one that is not shown there
/// @param names each with its hyphens
record Option(Kind kind, String label, String description, List<String> names) {
    enum Kind {
        FLAG,
        VALUE,
        REQUIRED_VALUE,
        HELP
    }

    /// Whether one of `arguments` may be this option, alone or with its value behind it.
    boolean mayBeIn(List<String> arguments) {
        for (String argument : arguments) {
            for (String name : names) {
                if (argument.startsWith(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
