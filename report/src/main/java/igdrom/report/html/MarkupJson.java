package igdrom.report.html;

import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import igdrom.json.JsonString;
import igdrom.json.JsonValue;
import igdrom.report.html.Markup.Element;
import igdrom.report.html.Markup.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Markup as JSON for a script: a text is a string, an element an array of its name, its attributes
/// and its children.
public final class MarkupJson {
    private MarkupJson() {}

    public static JsonArray of(List<Markup> markup) {
        return JsonArray.of(markup, MarkupJson::of);
    }

    private static JsonValue of(Markup markup) {
        return switch (markup) {
            case Text(String text) -> new JsonString(text);
            case Element(String name, Map<String, String> attributes, List<Markup> children) -> {
                JsonObject.Builder all = JsonObject.builder();
                attributes.forEach(all::put);
                List<JsonValue> parts = new ArrayList<>();
                parts.add(new JsonString(name));
                parts.add(all.build());
                for (Markup child : children) {
                    parts.add(of(child));
                }
                yield new JsonArray(parts);
            }
        };
    }
}
