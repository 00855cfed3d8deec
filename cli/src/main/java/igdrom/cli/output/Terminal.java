package igdrom.cli.output;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Properties of the terminal that the output goes to.
///
/// The launcher passes which streams are terminals, how wide they are and the user's locale, since
/// a shell finds that out without starting a process. Without the launcher, no stream counts as a
/// terminal.
///
/// @param stdout whether standard output is a terminal
/// @param stderr whether standard error is a terminal
/// @param columns width of standard output, or 0 when lines need not be cut
/// @param charset for text; JSON is always UTF-8
/// @param colour whether terminals may be sent colours
public record Terminal(
        boolean stdout, boolean stderr, int columns, Charset charset, boolean colour) {
    private static final int DEFAULT_COLUMNS = 80;
    private static final int MIN_COLUMNS = 40;

    /// Reads what the launcher passed and the environment.
    public static Terminal detect() {
        return of(
                System.getProperty("igdrom.terminal", ""),
                charset(
                        System.getProperty("igdrom.locale", ""),
                        System.getProperty("native.encoding", "")),
                System.getenv());
    }

    /// The launcher runs the JVM in a UTF-8 locale, for the names of files, and passes `ASCII` when
    /// the user's own locale has nothing else.
    static String charset(String launcher, String encoding) {
        return launcher.isEmpty() ? encoding : launcher;
    }

    static Terminal of(String launcher, String encoding, Map<String, String> environment) {
        boolean stdout = launcher.startsWith("1");
        boolean stderr = launcher.startsWith("1", 1);
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean plain = dumb || !environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean unicode = "UTF-8".equals(encoding) && !dumb;
        return new Terminal(
                stdout,
                stderr && !dumb,
                stdout ? columns(launcher, environment.get("COLUMNS")) : 0,
                unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII,
                !plain);
    }

    /// The launcher passes two digits, then the output of `stty size`: rows, a space, columns.
    private static int columns(String launcher, @Nullable String variable) {
        int columns = number(variable == null ? "" : variable);
        if (columns == 0) {
            columns = number(launcher.substring(launcher.lastIndexOf(' ') + 1));
        }
        return columns == 0 ? DEFAULT_COLUMNS : Math.max(columns, MIN_COLUMNS);
    }

    private static int number(String text) {
        int number = 0;
        for (int at = 0; at < text.length(); at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9 || number > 9999) {
                return 0;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
