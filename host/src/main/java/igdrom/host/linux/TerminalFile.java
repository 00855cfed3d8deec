package igdrom.host.linux;

import igdrom.host.Fact;
import java.util.Optional;

/// The terminal of the program that reads: `/proc/self/stat`.
///
/// Spec: Linux, proc_pid_stat(5).
public record TerminalFile(HostRoot root) {
    private static final String STAT = "/proc/self/stat";

    /// Spec: Linux, Documentation/admin-guide/devices.txt: 4 is that of text screens, from 1 to 63,
    /// and of serial ports, from 64 on.
    private static final int TTY_MAJOR = 4;

    private static final int SERIAL_MINOR = 64;

    /// The field `tty_nr`, from 0, counted after the name, which may contain blanks.
    private static final int TTY_FIELD = 4;

    /// Whether it is a text screen of the machine itself.
    public Fact<Boolean> isTextScreen() {
        return parseTextScreen(root.text(STAT));
    }

    static Fact<Boolean> parseTextScreen(Fact<String> stat) {
        return switch (stat) {
            case Fact.Unknown<String>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<String>(String text, String source) -> {
                Optional<Long> terminal = terminal(text);
                yield terminal.isPresent()
                        ? new Fact.Known<>(isTextScreen(terminal.get()), source)
                        : new Fact.Unknown<>(source, "has no terminal where expected");
            }
        };
    }

    private static Optional<Long> terminal(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        try {
            return fields.length <= TTY_FIELD
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(fields[TTY_FIELD]));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// Spec: Linux, proc_pid_stat(5): the minor number is in bits 31 to 20 and 7 to 0, the major in
    /// bits 15 to 8.
    private static boolean isTextScreen(long device) {
        long major = (device >>> 8) & 0xff;
        long minor = (device & 0xff) | ((device >>> 12) & 0xfff00);
        return major == TTY_MAJOR && minor < SERIAL_MINOR;
    }
}
