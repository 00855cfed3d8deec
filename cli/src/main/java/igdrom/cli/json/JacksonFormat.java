package igdrom.cli.json;

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
import igdrom.json.MalformedJsonException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// JSON through Jackson's streaming parser and generator.
public final class JacksonFormat implements JsonFormat {
    private final JsonFactory factory =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    @Override
    public LocatedValue parse(Image document, String name) {
        try (JsonParser in =
                factory.createParser(ObjectReadContext.empty(), document.toByteArray())) {
            if (in.nextToken() == null) {
                throw new MalformedJsonException(name, "", "is empty, expected a JSON object");
            }
            JsonValue value = new Document(name, in).value("", 0);
            if (in.nextToken() != null) {
                throw new MalformedJsonException(name, "", "more data after the end of the object");
            }
            return LocatedValue.root(name, value);
        } catch (JacksonException e) {
            throw new MalformedJsonException(
                    name, location(e), "not JSON: " + firstLine(e.getOriginalMessage()));
        }
    }

    private static String location(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /// Jackson's message without the location that it appends, which is one in its own source.
    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        int location = line.indexOf(" (start marker at [Source");
        return location < 0 ? line : line.substring(0, location);
    }

    /// Turns tokens into values.
    private record Document(String name, JsonParser in) {
        JsonValue value(String path, int depth) {
            if (depth > MAX_DEPTH) {
                throw new MalformedJsonException(
                        name, "", "nested more than " + MAX_DEPTH + " levels deep");
            }
            return switch (in.currentToken()) {
                case START_OBJECT -> object(path, depth);
                case START_ARRAY -> array(path, depth);
                case VALUE_STRING -> new JsonString(in.getString());
                case VALUE_TRUE -> new JsonBoolean(true);
                case VALUE_FALSE -> new JsonBoolean(false);
                case VALUE_NULL -> JsonNull.NULL;
                case VALUE_NUMBER_INT -> number(path);
                case VALUE_NUMBER_FLOAT -> throw notWhole(path);
                case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                        throw new IllegalStateException("unexpected " + in.currentToken());
            };
        }

        private JsonValue object(String path, int depth) {
            JsonObject.Builder object = JsonObject.builder();
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String member = in.currentName();
                in.nextToken();
                object.put(member, value(path.isEmpty() ? member : path + "." + member, depth + 1));
            }
            return object.build();
        }

        private JsonValue array(String path, int depth) {
            List<JsonValue> elements = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(path + "[" + elements.size() + "]", depth + 1));
            }
            return new JsonArray(elements);
        }

        private JsonValue number(String path) {
            try {
                return new JsonNumber(in.getLongValue());
            } catch (InputCoercionException _) {
                throw notWhole(path);
            }
        }

        private MalformedJsonException notWhole(String path) {
            return new MalformedJsonException(name, path, "is not a whole number of 64 bits");
        }
    }

    @Override
    public String print(JsonValue value, Layout layout) {
        StringWriter text = new StringWriter();
        ObjectWriteContext context =
                switch (layout) {
                    case COMPACT -> ObjectWriteContext.empty();
                    case INDENTED -> new Indented();
                };
        try (JsonGenerator out = factory.createGenerator(context, text)) {
            print(value, out);
        }
        return JsonEscapes.escapeControls(text.toString());
    }

    private static void print(JsonValue value, JsonGenerator out) {
        switch (value) {
            case JsonObject(Map<String, JsonValue> members) -> {
                out.writeStartObject();
                members.forEach((name, member) -> {
                    out.writeName(name);
                    print(member, out);
                });
                out.writeEndObject();
            }
            case JsonArray(List<JsonValue> elements) -> {
                out.writeStartArray();
                elements.forEach(element -> print(element, out));
                out.writeEndArray();
            }
            case JsonString(String text) -> out.writeString(text);
            case JsonNumber(long number) -> out.writeNumber(number);
            case JsonBoolean(boolean truth) -> out.writeBoolean(truth);
            case JsonNull _ -> out.writeNull();
        }
    }

    private static final class Indented extends ObjectWriteContext.Base {
        private final PrettyPrinter printer = new DefaultPrettyPrinter();

        @Override
        public PrettyPrinter getPrettyPrinter() {
            return printer;
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
