package igdrom.web;

import igdrom.bytes.Image;
import igdrom.json.JsonArray;
import igdrom.json.JsonBoolean;
import igdrom.json.JsonEscapes;
import igdrom.json.JsonFormat;
import igdrom.json.JsonNull;
import igdrom.json.JsonNumber;
import igdrom.json.JsonObject;
import igdrom.json.JsonString;
import igdrom.json.JsonValue;
import igdrom.json.LocatedValue;
import java.util.List;
import java.util.Map;

/// JSON without a library: the command line's does not run in a browser.
///
/// Spec: RFC 8259.
public final class PlainJson implements JsonFormat {
    @Override
    public LocatedValue parse(Image document, String name) {
        return LocatedValue.root(name, new JsonText(Utf8.decode(document, name), name).document());
    }

    @Override
    public String print(JsonValue value, Layout layout) {
        StringBuilder out = new StringBuilder();
        print(value, layout, 0, out);
        return JsonEscapes.escapeControls(out.toString());
    }

    private static void print(JsonValue value, Layout layout, int depth, StringBuilder out) {
        switch (value) {
            case JsonObject(Map<String, JsonValue> members) -> {
                out.append('{');
                String separator = "";
                for (Map.Entry<String, JsonValue> member : members.entrySet()) {
                    out.append(separator);
                    newline(layout, depth + 1, out);
                    quote(member.getKey(), out);
                    out.append(layout == Layout.INDENTED ? " : " : ":");
                    print(member.getValue(), layout, depth + 1, out);
                    separator = ",";
                }
                newline(layout, members.isEmpty() ? -1 : depth, out);
                out.append(members.isEmpty() && layout == Layout.INDENTED ? " }" : "}");
            }
            case JsonArray(List<JsonValue> elements) -> {
                out.append('[');
                String separator = layout == Layout.INDENTED ? " " : "";
                for (JsonValue element : elements) {
                    out.append(separator);
                    print(element, layout, depth, out);
                    separator = layout == Layout.INDENTED ? ", " : ",";
                }
                out.append(layout == Layout.INDENTED ? " ]" : "]");
            }
            case JsonString(String text) -> quote(text, out);
            case JsonNumber(long number) -> out.append(number);
            case JsonBoolean(boolean bool) -> out.append(bool);
            case JsonNull _ -> out.append("null");
        }
    }

    /// @param depth negative for no line end
    private static void newline(Layout layout, int depth, StringBuilder out) {
        if (layout == Layout.INDENTED && depth >= 0) {
            out.append('\n').append("  ".repeat(depth));
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(hex(c >> 4)).append(hex(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /// Upper case, as the command line's printer has it.
    private static char hex(int value) {
        return "0123456789ABCDEF".charAt(value & 0xf);
    }
}
