package igdrom.web.browser;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// JSON of the protocol, which has numbers that are not whole: maps, lists, strings, numbers and
/// booleans.
public record Message(Map<?, ?> members) {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    public static Message parse(String text) {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            in.nextToken();
            return new Message((Map<?, ?>) Objects.requireNonNull(value(in)));
        }
    }

    private static @Nullable Object value(JsonParser in) {
        return switch (in.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    String name = in.currentName();
                    in.nextToken();
                    object.put(name, value(in));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<Object> array = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(in));
                }
                yield array;
            }
            case VALUE_STRING -> in.getString();
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    public static String print(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            print(value, out);
        }
        return text.toString();
    }

    private static void print(@Nullable Object value, JsonGenerator out) {
        switch (value) {
            case Map<?, ?> object -> {
                out.writeStartObject();
                object.forEach((name, member) -> {
                    out.writeName(String.valueOf(name));
                    print(member, out);
                });
                out.writeEndObject();
            }
            case List<?> array -> {
                out.writeStartArray();
                array.forEach(element -> print(element, out));
                out.writeEndArray();
            }
            case null -> out.writeNull();
            case Boolean bool -> out.writeBoolean(bool);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            default -> out.writeString(value.toString());
        }
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    public String text(String name) {
        return String.valueOf(members.get(name));
    }

    public long number(String name) {
        return ((Number) Objects.requireNonNull(members.get(name))).longValue();
    }

    /// A member that is an object, or an empty one.
    public Message object(String name) {
        return members.get(name) instanceof Map<?, ?> object
                ? new Message(object)
                : new Message(Map.of());
    }

    public List<?> array(String name) {
        return (List<?>) Objects.requireNonNull(members.get(name));
    }
}
