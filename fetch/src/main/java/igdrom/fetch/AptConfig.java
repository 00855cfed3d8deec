package igdrom.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The settings of this machine's apt that concern downloads.
///
/// Spec: apt.conf(5), as printed by `apt-config dump`.
///
/// @param values by lower-case name, such as `acquire::http::proxy`
record AptConfig(Map<String, String> values) {
    private static final int MAX_DUMP_BYTES = 1 << 20;

    AptConfig {
        values = Map.copyOf(values);
    }

    /// The settings of this machine; empty without apt.
    static AptConfig ofMachine(Environment environment) {
        if (!Files.isExecutable(environment.at("/usr/bin/apt-config"))
                || !environment.root().equals(Path.of("/"))) {
            return new AptConfig(Map.of());
        }
        try {
            Process process =
                    new ProcessBuilder("/usr/bin/apt-config", "dump")
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (var in = process.getInputStream()) {
                return of(new String(in.readNBytes(MAX_DUMP_BYTES), StandardCharsets.UTF_8));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return new AptConfig(Map.of());
        }
    }

    /// Reads lines of the form `Scope::Name "value";`.
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

    /// The proxy for a host; `DIRECT` to use none; empty when apt has no setting for it.
    String proxy(String scheme, String host) {
        String general = "acquire::" + scheme + "::proxy";
        String specific = values.getOrDefault(general + "::" + host.toLowerCase(Locale.ROOT), "");
        return specific.isEmpty() ? values.getOrDefault(general, "") : specific;
    }

    /// Whether to refuse a release after its Valid-Until date. Users of a frozen mirror switch this
    /// off on purpose.
    boolean checksValidUntil() {
        String value = values.getOrDefault("acquire::check-valid-until", "true");
        return !value.equals("false") && !value.equals("0") && !value.equals("no");
    }
}
