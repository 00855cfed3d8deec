package igdrom.host.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The shell script that records the facts of a FreeBSD host, `freebsd.sh`.
public final class FreebsdScript {
    private static final String FILE = "freebsd.sh";

    private FreebsdScript() {}

    /// The script, for `sh`; [HostTexts] reads what it prints.
    public static String text() {
        try (InputStream in = FreebsdScript.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + FILE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
