package igdrom.cli.options;

/// What a command line asks for.
public sealed interface Invocation {
    /// The list of commands.
    record Overview() implements Invocation {}

    /// The version of igdrom.
    record Version() implements Invocation {}

    /// The help of a command.
    record Help(String command) implements Invocation {}

    /// A command.
    ///
    /// @param command its name, one word or two
    record Run(String command, Arguments arguments) implements Invocation {}
}
