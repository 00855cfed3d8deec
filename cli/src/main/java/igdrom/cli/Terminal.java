package igdrom.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known about where the output goes.
///
/// The launcher says which streams are terminals and how wide they are, because a shell knows that
/// for nothing, and what locale the user has; started without the launcher, none is.
///
/// @param stdout whether standard output is a terminal
/// @param stderr whether standard error is a terminal
/// @param columns its width, or 0 when output need not be cut
/// @param charset for text; JSON is UTF-8 always
/// @param colour whether colours are welcome there
record Terminal(boolean stdout, boolean stderr, int columns, Charset charset, boolean colour) {
    private static final int USUAL_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 40;

    static Terminal detect() {
        return of(
                System.getProperty("igdrom.terminal", ""),
                charset(
                        System.getProperty("igdrom.locale", ""),
                        System.getProperty("native.encoding", "")),
                System.getenv());
    }

    /// The launcher gives the JVM a locale with UTF-8, for the names of files, and says when the
    /// user's own has nothing but ASCII.
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

    /// The launcher's word is two digits and what `stty size` says: rows, a space, columns.
    private static int columns(String launcher, @Nullable String variable) {
        int columns = number(variable == null ? "" : variable);
        if (columns == 0) {
            columns = number(launcher.substring(launcher.lastIndexOf(' ') + 1));
        }
        return columns == 0 ? USUAL_COLUMNS : Math.max(columns, FEWEST_COLUMNS);
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
