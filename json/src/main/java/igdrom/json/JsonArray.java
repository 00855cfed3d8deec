package igdrom.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// An array.
public record JsonArray(List<JsonValue> elements) implements JsonValue {
    public JsonArray {
        elements = List.copyOf(elements);
    }

    /// An array with an element for each item.
    ///
    /// @param element the JSON of one item
    public static <T> JsonArray of(Iterable<T> items, Function<? super T, JsonValue> element) {
        List<JsonValue> elements = new ArrayList<>();
        for (T item : items) {
            elements.add(element.apply(item));
        }
        return new JsonArray(elements);
    }

    /// An array of strings, which are what `toString` makes of the items.
    public static JsonArray ofStrings(Iterable<?> items) {
        return of(items, item -> new JsonString(String.valueOf(item)));
    }
}
