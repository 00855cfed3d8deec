package igdrom.host;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// A snapshot as a file.
///
/// Spec: docs/snapshot.md, schema 1.
public final class SnapshotJson {
    private static final int SCHEMA = 1;
    private static final String KIND = "igdrom-snapshot";

    /// Of what does not say where it is from.
    private static final String SOURCE = "the snapshot";

    /// A snapshot has some 70 KiB.
    public static final int MAX_SIZE = 4 << 20;

    private SnapshotJson() {}

    /// Reads a file, strictly: what is not known is an error, what is missing is unknown.
    ///
    /// @param name of the file, for complaints
    /// @throws SnapshotException when it is not a snapshot
    public static Snapshot read(Image file, String name) {
        if (file.size() > MAX_SIZE) {
            throw new SnapshotException(name, "", "larger than 4 MiB, which no snapshot is");
        }
        JsonValue root = JsonValue.parse(name, file.toByteArray());
        if (root.required("schema").number() != SCHEMA) {
            throw root.required("schema").problem("is not 1");
        }
        if (!root.required("kind").text().equals(KIND)) {
            throw root.required("kind").problem("is not \"" + KIND + "\"");
        }
        root.only(
                "schema",
                "kind",
                "measuredBy",
                "igd",
                "hostBridge",
                "lpc",
                "opRegion",
                "vbt",
                "stolenMemory");
        return new Snapshot(
                root.field("measuredBy").map(JsonValue::text).orElse("not said"),
                function(root, "igd", "0000:00:02.0"),
                function(root, "hostBridge", "0000:00:00.0"),
                function(root, "lpc", "0000:00:1f.0"),
                fact(root, "opRegion", SnapshotJson::bytes),
                fact(root, "vbt", SnapshotJson::bytes),
                fact(root, "stolenMemory", SnapshotJson::range));
    }

    private static PciFunction function(JsonValue root, String name, String usual) {
        Optional<JsonValue> function = root.field(name);
        if (function.isEmpty()) {
            Fact.Unknown<PciId> id = notSaid(name);
            return new PciFunction(
                    usual, id, notSaid(name), notSaid(name), notSaid(name), notSaid(name));
        }
        JsonValue value = function.get();
        value.only("address", "id", "revision", "class", "subsystem", "config");
        return new PciFunction(
                value.field("address").map(JsonValue::text).orElse(usual),
                fact(value, "id", SnapshotJson::id),
                fact(value, "revision", number -> number(number, 2)),
                fact(value, "class", number -> number(number, 6)),
                fact(value, "subsystem", SnapshotJson::id),
                fact(value, "config", SnapshotJson::bytes));
    }

    private static <T> Fact<T> fact(JsonValue parent, String name, Function<JsonValue, T> reader) {
        Optional<JsonValue> found = parent.field(name);
        if (found.isEmpty()) {
            return notSaid(parent.pathOf(name));
        }
        JsonValue fact = found.get();
        fact.only("value", "source", "unreadable");
        String source = fact.field("source").map(JsonValue::text).orElse(SOURCE);
        Optional<JsonValue> unreadable = fact.field("unreadable");
        Optional<JsonValue> value = fact.field("value");
        if (unreadable.isPresent() == value.isPresent()) {
            throw fact.problem("has to have either \"value\" or \"unreadable\"");
        }
        return unreadable.isPresent()
                ? new Fact.Unknown<>(source, unreadable.get().text())
                : new Fact.Known<>(reader.apply(value.orElseThrow()), source);
    }

    private static <T> Fact.Unknown<T> notSaid(String name) {
        return new Fact.Unknown<>(SOURCE, "nothing is said of " + name);
    }

    private static PciId id(JsonValue value) {
        try {
            return PciId.of(value.text());
        } catch (IllegalArgumentException e) {
            throw value.problem(String.valueOf(e.getMessage()));
        }
    }

    private static int number(JsonValue value, int digits) {
        String text = value.text();
        try {
            if (text.length() == digits) {
                return HexFormat.fromHexDigits(text);
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw value.problem(String.format("\"%s\" has not %d hexadecimal digits", text, digits));
    }

    private static Image bytes(JsonValue value) {
        try {
            return Image.of(HexFormat.of().parseHex(value.text()));
        } catch (IllegalArgumentException _) {
            throw value.problem("is not pairs of hexadecimal digits");
        }
    }

    private static MemoryRange range(JsonValue value) {
        value.only("base", "size");
        long base = address(value.required("base"));
        long size = address(value.required("size"));
        try {
            return new MemoryRange(base, size);
        } catch (IllegalArgumentException e) {
            throw value.problem(String.valueOf(e.getMessage()));
        }
    }

    private static long address(JsonValue value) {
        String text = value.text();
        try {
            if (text.startsWith("0x")) {
                return HexFormat.fromHexDigitsToLong(text, 2, text.length());
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw value.problem("\"" + text + "\" is not a number like 0x8d800000");
    }

    /// The file, in UTF-8.
    public static Image write(Snapshot snapshot) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(new Indented(), out)) {
            json.writeStartObject();
            json.writeNumberProperty("schema", SCHEMA);
            json.writeStringProperty("kind", KIND);
            json.writeStringProperty("measuredBy", snapshot.measuredBy());
            write(json, "igd", snapshot.igd());
            write(json, "hostBridge", snapshot.hostBridge());
            write(json, "lpc", snapshot.lpc());
            write(json, "opRegion", snapshot.opRegion(), SnapshotJson::hex);
            write(json, "vbt", snapshot.vbt(), SnapshotJson::hex);
            stolenMemory(json, snapshot.stolenMemory());
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return Image.of(out.toByteArray());
    }

    private static void write(JsonGenerator json, String name, PciFunction function) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("address", function.address());
        write(json, "id", function.id(), PciId::toString);
        write(json, "revision", function.revision(), number -> digits(number, 2));
        write(json, "class", function.classCode(), number -> digits(number, 6));
        write(json, "subsystem", function.subsystem(), PciId::toString);
        write(json, "config", function.config(), SnapshotJson::hex);
        json.writeEndObject();
    }

    private static <T> void write(
            JsonGenerator json, String name, Fact<T> fact, Function<T, String> words) {
        json.writeObjectPropertyStart(name);
        switch (fact) {
            case Fact.Known<T>(T value, String _) ->
                    json.writeStringProperty("value", words.apply(value));
            case Fact.Unknown<T>(String _, String reason) ->
                    json.writeStringProperty("unreadable", reason);
        }
        json.writeStringProperty("source", fact.source());
        json.writeEndObject();
    }

    private static void stolenMemory(JsonGenerator json, Fact<MemoryRange> fact) {
        json.writeObjectPropertyStart("stolenMemory");
        switch (fact) {
            case Fact.Known<MemoryRange>(MemoryRange(long base, long size), String _) -> {
                json.writeObjectPropertyStart("value");
                json.writeStringProperty("base", String.format("0x%x", base));
                json.writeStringProperty("size", String.format("0x%x", size));
                json.writeEndObject();
            }
            case Fact.Unknown<MemoryRange>(String _, String reason) ->
                    json.writeStringProperty("unreadable", reason);
        }
        json.writeStringProperty("source", fact.source());
        json.writeEndObject();
    }

    private static String digits(int number, int digits) {
        return HexFormat.of().toHexDigits(number, digits);
    }

    private static String hex(Image image) {
        return HexFormat.of().formatHex(image.toByteArray());
    }

    /// One field a line.
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
