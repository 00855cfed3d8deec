package igdrom.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object.
///
/// @param members by name, in the order in which they are printed
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    public JsonObject {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Collects the members of an object, in order.
    public static final class Builder {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        private Builder() {}

        /// Adds a member.
        ///
        /// @throws IllegalStateException when the object has such a member already
        public Builder put(String name, JsonValue value) {
            if (members.putIfAbsent(name, value) != null) {
                throw new IllegalStateException("two members are named " + name);
            }
            return this;
        }

        /// Adds a member.
        ///
        /// @param text null becomes JSON's null
        public Builder put(String name, @Nullable String text) {
            return put(name, JsonValue.of(text));
        }

        public Builder put(String name, long number) {
            return put(name, JsonValue.of(number));
        }

        public Builder put(String name, boolean value) {
            return put(name, JsonValue.of(value));
        }

        public Builder putNull(String name) {
            return put(name, JsonNull.NULL);
        }

        /// Adds the members of another object.
        public Builder putAll(JsonObject other) {
            other.members().forEach(this::put);
            return this;
        }

        public JsonObject build() {
            return new JsonObject(members);
        }
    }
}
