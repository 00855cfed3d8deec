package igdrom.cli.options;

/// The arguments of a command that are not options.
///
/// @param label in the help, such as `FILE`
/// @param arity how many there may be, in picocli's notation: `1..*`
/// @param help what they are
/// @param files whether they name files that the command reads; otherwise they name a command
public record Operands(String label, String arity, String help, boolean files) {
    /// Files to read.
    public static Operands files(String label, String arity, String help) {
        return new Operands(label, arity, help, true);
    }

    /// The name of a command.
    public static Operands command(String label, String arity, String help) {
        return new Operands(label, arity, help, false);
    }

    /// How many there may be.
    int max() {
        String last = arity.substring(arity.lastIndexOf('.') + 1);
        return last.equals("*") ? Integer.MAX_VALUE : Integer.parseInt(last);
    }

    /// As the first line of the help shows them: `FILE...` or `[ROM]`.
    public String synopsis() {
        String several = arity.endsWith("1") ? label : label + "...";
        return arity.startsWith("0") ? "[" + several + "]" : several;
    }
}
