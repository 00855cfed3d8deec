package igdrom.host;

import igdrom.json.JsonObject;
import java.util.function.Function;

/// Writes a record as a JSON object.
final class RecordWriter {
    private final JsonObject.Builder object = JsonObject.builder();

    <T> RecordWriter value(String name, T value, JsonCodec<T> codec) {
        object.put(name, codec.write().apply(value));
        return this;
    }

    <T> RecordWriter fact(String name, Fact<T> fact, JsonCodec<T> codec) {
        JsonObject.Builder member = JsonObject.builder();
        switch (fact) {
            case Fact.Known<T>(T value, String _) ->
                    member.put("value", codec.write().apply(value));
            case Fact.Unknown<T>(String _, String reason) -> member.put("unreadable", reason);
        }
        object.put(name, member.put("source", fact.source()).build());
        return this;
    }

    <T> RecordWriter part(String name, T part, Function<T, JsonObject> writer) {
        object.put(name, writer.apply(part));
        return this;
    }

    RecordWriter all(JsonObject other) {
        object.putAll(other);
        return this;
    }

    JsonObject build() {
        return object.build();
    }
}
