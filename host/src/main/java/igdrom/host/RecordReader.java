package igdrom.host;

import igdrom.json.LocatedValue;
import igdrom.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a record from a JSON object. A fact that is missing is unknown.
///
/// @param object null where the whole object is missing
/// @param path of the object
/// @param names that were asked for
record RecordReader(@Nullable LocatedValue object, String path, List<String> names) {
    /// The source of a fact that names none.
    static final String DEFAULT_SOURCE = "the snapshot";

    static RecordReader of(LocatedValue object) {
        return new RecordReader(object, object.path(), new ArrayList<>());
    }

    /// @throws MalformedJsonException when this is not an object
    private Optional<LocatedValue> member(String name) {
        names.add(name);
        return object == null ? Optional.empty() : object.member(name);
    }

    <T> T required(String name, JsonCodec<T> codec) {
        names.add(name);
        if (object == null) {
            throw new IllegalStateException("an object that is missing has no " + name);
        }
        return codec.read().apply(object.required(name));
    }

    String text(String name, String missing) {
        return member(name).map(LocatedValue::string).orElse(missing);
    }

    <T> Fact<T> fact(String name, JsonCodec<T> codec) {
        Optional<LocatedValue> member = member(name);
        if (member.isEmpty()) {
            return new Fact.Unknown<>(DEFAULT_SOURCE, "has no " + pathOf(name));
        }
        LocatedValue fact = member.get();
        fact.checkNames("value", "source", "unreadable");
        String source = fact.member("source").map(LocatedValue::string).orElse(DEFAULT_SOURCE);
        Optional<LocatedValue> unreadable = fact.member("unreadable");
        Optional<LocatedValue> value = fact.member("value");
        if (unreadable.isPresent() == value.isPresent()) {
            throw fact.malformed("needs either \"value\" or \"unreadable\"");
        }
        return unreadable.isPresent()
                ? new Fact.Unknown<>(source, unreadable.get().string())
                : new Fact.Known<>(codec.read().apply(value.orElseThrow()), source);
    }

    /// Reads a part and checks the names in it.
    <T> T part(String name, Function<RecordReader, T> reader) {
        RecordReader part =
                new RecordReader(member(name).orElse(null), pathOf(name), new ArrayList<>());
        T result = reader.apply(part);
        part.checkNames();
        return result;
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// Checks that the object has no members but those that were asked for, so that a misspelled
    /// one does not go unnoticed.
    ///
    /// @param more names that are right too
    /// @throws MalformedJsonException when it has
    void checkNames(String... more) {
        if (object != null) {
            names.addAll(List.of(more));
            object.checkNames(names.toArray(new String[0]));
        }
    }
}
