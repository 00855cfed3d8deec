package igdrom.bench.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What this machine's apt is configured to do, as far as it concerns fetching.
///
/// Spec: apt.conf(5), the form that `apt-config dump` prints.
///
/// @param values by lower-case name, as `acquire::http::proxy`
record AptConfig(Map<String, String> values) {
    private static final int MOST_TEXT = 1 << 20;

    AptConfig {
        values = Map.copyOf(values);
    }

    /// Of this machine; empty where there is no apt.
    static AptConfig ofMachine(Environment machine) {
        if (!Files.isExecutable(machine.at("/usr/bin/apt-config"))
                || !machine.root().equals(Path.of("/"))) {
            return new AptConfig(Map.of());
        }
        try {
            Process process =
                    new ProcessBuilder("/usr/bin/apt-config", "dump")
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (var in = process.getInputStream()) {
                return of(new String(in.readNBytes(MOST_TEXT), StandardCharsets.UTF_8));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return new AptConfig(Map.of());
        }
    }

    /// Of lines `Name::Of::It "value";`.
    static AptConfig of(String dump) {
        Map<String, String> values = new HashMap<>();
        for (String line : dump.split("\n", -1)) {
            int space = line.indexOf(" \"");
            int end = line.lastIndexOf("\";");
            if (space > 0 && end > space + 1) {
                values.put(
                        line.substring(0, space).toLowerCase(Locale.ROOT),
                        line.substring(space + 2, end));
            }
        }
        return new AptConfig(values);
    }

    /// The proxy for a host, `DIRECT` for none, or nothing when apt does not say.
    String proxy(String scheme, String host) {
        String all = "acquire::" + scheme + "::proxy";
        String own = values.getOrDefault(all + "::" + host.toLowerCase(Locale.ROOT), "");
        return own.isEmpty() ? values.getOrDefault(all, "") : own;
    }

    /// Whether an archive that says it is out of date is refused. Who has switched that off uses a
    /// mirror that stands still, knowingly.
    boolean checksValidUntil() {
        String value = values.getOrDefault("acquire::check-valid-until", "true");
        return !value.equals("false") && !value.equals("0") && !value.equals("no");
    }
}
