package igdrom.cli.options;

import java.util.List;

/// One option of the command line. All of them are declared in [Options].
///
/// @param <T> type of the value; [Boolean] for a flag
/// @param names each with its hyphens, the short one first
/// @param type how the value is read, and whether it names an input
/// @param label of the value in the help; empty for a flag
/// @param help what the option does
/// @param required whether the command refuses to run without it
/// @param group the heading that it is listed under
public record Option<T>(
        List<String> names,
        ValueType<T> type,
        String label,
        String help,
        boolean required,
        OptionGroup group) {
    static Option<Boolean> flag(String help, String... names) {
        return new Option<>(List.of(names), ValueType.FLAG, "", help, false, OptionGroup.OPTIONS);
    }

    static <T> Option<T> of(ValueType<T> type, String label, String help, String... names) {
        return new Option<>(List.of(names), type, label, help, false, OptionGroup.OPTIONS);
    }

    /// The same option under another heading of the help.
    Option<T> in(OptionGroup other) {
        return new Option<>(names, type, label, help, required, other);
    }

    /// The same option of a command where it does something slightly different.
    Option<T> help(String text) {
        return new Option<>(names, type, label, text, required, group);
    }

    Option<T> label(String text) {
        return new Option<>(names, type, text, help, required, group);
    }

    Option<T> mandatory() {
        return new Option<>(names, type, label, help, true, group);
    }

    /// The same option of a command where its values are others.
    <U> Option<U> type(ValueType<U> other) {
        return new Option<>(names, other, label, help, required, group);
    }

    /// The long name, which is the last.
    public String name() {
        return names.getLast();
    }

    /// The long name: so options can be spelled in messages.
    @Override
    public String toString() {
        return name();
    }
}
