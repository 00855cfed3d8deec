package igdrom.host;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.json.JsonFormat;
import igdrom.json.JsonObject;
import igdrom.json.JsonString;
import igdrom.json.JsonValue;
import igdrom.json.LocatedValue;
import igdrom.json.MalformedJsonException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/// A snapshot as a JSON document.
///
/// Spec: docs/snapshot.md, schema 1.
public final class SnapshotJson {
    private static final int SCHEMA = 1;
    private static final String KIND = "igdrom-snapshot";

    /// The source of a fact that names none.
    private static final String DEFAULT_SOURCE = "the snapshot";

    /// Maximum size of a file; a snapshot has about 70 KiB.
    public static final int MAX_SIZE = 4 << 20;

    private SnapshotJson() {}

    /// Reads a file.
    ///
    /// @param name of the file, for messages
    /// @throws MalformedJsonException when it is not a snapshot
    public static Snapshot read(Image file, String name, JsonFormat format) {
        if (file.size() > MAX_SIZE) {
            throw new MalformedJsonException(
                    name,
                    "",
                    "has %d bytes, a snapshot has at most %d".formatted(file.size(), MAX_SIZE));
        }
        return read(format.parse(file, name));
    }

    /// Reads a document strictly: an unknown member is an error, a missing one is an unknown fact.
    ///
    /// @throws MalformedJsonException when it is not a snapshot
    public static Snapshot read(LocatedValue root) {
        LocatedValue schema = root.required("schema");
        if (schema.number() != SCHEMA) {
            throw schema.malformed("is not " + SCHEMA);
        }
        LocatedValue kind = root.required("kind");
        if (!kind.string().equals(KIND)) {
            throw kind.malformed("is not \"" + KIND + "\"");
        }
        root.checkNames(
                "schema",
                "kind",
                "measuredBy",
                "igd",
                "hostBridge",
                "lpc",
                "opRegion",
                "vbt",
                "stolenMemory");
        String measuredBy = root.member("measuredBy").map(LocatedValue::string).orElse("not said");
        Snapshot none = Snapshot.unknown(measuredBy, DEFAULT_SOURCE, "not recorded");
        return new Snapshot(
                measuredBy,
                new PciFunctions(
                        function(root, "igd", PciFunctions.USUAL_IGD),
                        function(root, "hostBridge", PciFunctions.HOST_BRIDGE),
                        function(root, "lpc", PciFunctions.LPC_BRIDGE),
                        none.pci().others()),
                new Graphics(
                        fact(root, "opRegion", SnapshotJson::bytes),
                        fact(root, "vbt", SnapshotJson::bytes),
                        fact(root, "stolenMemory", SnapshotJson::range),
                        none.graphics().holders(),
                        none.graphics().connectors(),
                        none.graphics().rom()),
                none.iommu(),
                none.firmware(),
                none.vfio(),
                none.kernel(),
                none.machine(),
                none.hypervisors(),
                none.image());
    }

    private static PciFunction function(LocatedValue root, String name, String defaultAddress) {
        Optional<LocatedValue> member = root.member(name);
        if (member.isEmpty()) {
            return PciFunction.unknown(defaultAddress, DEFAULT_SOURCE, "has no " + name);
        }
        LocatedValue function = member.get();
        function.checkNames("address", "id", "revision", "class", "subsystem", "config");
        return new PciFunction(
                function.member("address").map(LocatedValue::string).orElse(defaultAddress),
                fact(function, "id", SnapshotJson::id),
                fact(function, "revision", value -> digits(value, 2)),
                fact(function, "class", value -> digits(value, 6)),
                fact(function, "subsystem", SnapshotJson::id),
                fact(function, "config", SnapshotJson::bytes),
                PciUse.unknown(DEFAULT_SOURCE, "not recorded"));
    }

    private static <T> Fact<T> fact(
            LocatedValue parent, String name, Function<LocatedValue, T> reader) {
        Optional<LocatedValue> member = parent.member(name);
        if (member.isEmpty()) {
            return missing(parent.pathOf(name));
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
                : new Fact.Known<>(reader.apply(value.orElseThrow()), source);
    }

    private static <T> Fact.Unknown<T> missing(String path) {
        return new Fact.Unknown<>(DEFAULT_SOURCE, "has no " + path);
    }

    private static PciId id(LocatedValue value) {
        try {
            return PciId.of(value.string());
        } catch (IllegalArgumentException e) {
            throw value.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static int digits(LocatedValue value, int count) {
        String text = value.string();
        try {
            if (text.length() == count) {
                return HexFormat.fromHexDigits(text);
            }
        } catch (IllegalArgumentException _) {
            // Reported below.
        }
        throw value.malformed("is \"%s\", not %d hexadecimal digits".formatted(text, count));
    }

    private static Image bytes(LocatedValue value) {
        try {
            return Image.of(HexFormat.of().parseHex(value.string()));
        } catch (IllegalArgumentException _) {
            throw value.malformed("is not pairs of hexadecimal digits");
        }
    }

    private static MemoryRange range(LocatedValue value) {
        value.checkNames("base", "size");
        long base = address(value.required("base"));
        long size = address(value.required("size"));
        try {
            return new MemoryRange(base, size);
        } catch (IllegalArgumentException e) {
            throw value.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static long address(LocatedValue value) {
        String text = value.string();
        try {
            if (text.startsWith("0x")) {
                return HexFormat.fromHexDigitsToLong(text, 2, text.length());
            }
        } catch (IllegalArgumentException _) {
            // Reported below.
        }
        throw value.malformed("is \"" + text + "\", not a number like 0x8d800000");
    }

    /// The text of a file, which ends with a line end.
    public static String print(Snapshot snapshot, JsonFormat format) {
        return format.print(write(snapshot), JsonFormat.Layout.INDENTED) + "\n";
    }

    public static JsonObject write(Snapshot snapshot) {
        return JsonObject.builder()
                .put("schema", SCHEMA)
                .put("kind", KIND)
                .put("measuredBy", snapshot.measuredBy())
                .put("igd", function(snapshot.igd()))
                .put("hostBridge", function(snapshot.hostBridge()))
                .put("lpc", function(snapshot.lpc()))
                .put("opRegion", fact(snapshot.opRegion(), SnapshotJson::hex))
                .put("vbt", fact(snapshot.vbt(), SnapshotJson::hex))
                .put("stolenMemory", fact(snapshot.stolenMemory(), SnapshotJson::range))
                .build();
    }

    private static JsonObject function(PciFunction function) {
        return JsonObject.builder()
                .put("address", function.address())
                .put("id", fact(function.id(), SnapshotJson::string))
                .put("revision", fact(function.revision(), number -> digits(number, 2)))
                .put("class", fact(function.classCode(), number -> digits(number, 6)))
                .put("subsystem", fact(function.subsystem(), SnapshotJson::string))
                .put("config", fact(function.config(), SnapshotJson::hex))
                .build();
    }

    private static <T> JsonObject fact(Fact<T> fact, Function<T, JsonValue> writer) {
        JsonObject.Builder object = JsonObject.builder();
        switch (fact) {
            case Fact.Known<T>(T value, String _) -> object.put("value", writer.apply(value));
            case Fact.Unknown<T>(String _, String reason) -> object.put("unreadable", reason);
        }
        return object.put("source", fact.source()).build();
    }

    private static JsonObject range(MemoryRange range) {
        return JsonObject.builder()
                .put("base", "0x%x".formatted(range.base()))
                .put("size", "0x%x".formatted(range.size()))
                .build();
    }

    private static JsonString string(PciId id) {
        return new JsonString(id.toString());
    }

    private static JsonString digits(int number, int count) {
        return new JsonString(HexFormat.of().toHexDigits(number, count));
    }

    private static JsonString hex(Image image) {
        return new JsonString(HexFormat.of().formatHex(image.toByteArray()));
    }
}
