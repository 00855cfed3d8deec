package igdrom.report.json;

import igdrom.bytes.Diagnostic;
import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import java.util.Locale;

/// Renders diagnostics and enums, which several reports have.
final class DiagnosticJson {
    private DiagnosticJson() {}

    static JsonArray of(Iterable<Diagnostic> diagnostics) {
        return JsonArray.of(diagnostics, DiagnosticJson::of);
    }

    private static JsonObject of(Diagnostic diagnostic) {
        return JsonObject.builder()
                .put("severity", word(diagnostic.severity()))
                .put("location", diagnostic.location().toString())
                .put("offset", diagnostic.offset())
                .put("problem", diagnostic.problem())
                .build();
    }

    /// The name of a constant as JSON has it: `ffs-file`.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
