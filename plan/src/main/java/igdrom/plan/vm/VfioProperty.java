package igdrom.plan.vm;

import igdrom.knowledge.TsvTable;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A property of QEMU's device `vfio-pci`: a row of `vfio-properties.tsv`.
///
/// @param since the first version of QEMU that has it
/// @param meaning what it decides
public record VfioProperty(String name, Type type, ProgramVersion since, String meaning) {
    private static final List<VfioProperty> ALL =
            TsvTable.load(
                            VfioProperty.class,
                            "vfio-properties.tsv",
                            "name",
                            "type",
                            "since",
                            "meaning",
                            "source",
                            "checked")
                    .rows()
                    .stream()
                    .map(row ->
                            new VfioProperty(
                                    row.text(0),
                                    type(row),
                                    ProgramVersion.of(row.text(2)),
                                    row.text(3)))
                    .toList();

    /// Source: QEMU, qapi/string-input-visitor.c and qapi/qapi-util.c: `qapi_bool_parse()`.
    private static final Set<String> BOOLEANS =
            Set.of("on", "off", "yes", "no", "true", "false", "y", "n");

    private static final Set<String> ON_OFF_AUTO = Set.of("on", "off", "auto");

    /// The type of a property, which decides what QEMU takes.
    public enum Type {
        BOOLEAN,
        /// A word, not a boolean: `true` is an error.
        ON_OFF_AUTO,
        NUMBER,
        TEXT
    }

    /// All properties, in the order of the table.
    public static List<VfioProperty> all() {
        return ALL;
    }

    /// The property with this name, empty when no QEMU is known to have it.
    public static Optional<VfioProperty> named(String name) {
        return ALL.stream().filter(property -> property.name.equals(name)).findFirst();
    }

    private static Type type(TsvTable.Row row) {
        return switch (row.text(1)) {
            case "boolean" -> Type.BOOLEAN;
            case "on-off-auto" -> Type.ON_OFF_AUTO;
            case "number" -> Type.NUMBER;
            case "text" -> Type.TEXT;
            default -> throw row.broken("\"" + row.text(1) + "\" is not a type");
        };
    }

    /// Whether QEMU takes this value.
    public boolean takes(String value) {
        return switch (type) {
            case BOOLEAN -> BOOLEANS.contains(value);
            case ON_OFF_AUTO -> ON_OFF_AUTO.contains(value);
            case NUMBER -> number(value).isPresent();
            case TEXT -> !value.isEmpty();
        };
    }

    /// The values that QEMU takes, for a message.
    public String values() {
        return switch (type) {
            case BOOLEAN -> "on or off";
            case ON_OFF_AUTO -> "on, off or auto";
            case NUMBER -> "a number";
            case TEXT -> "a text";
        };
    }

    /// The value of a number of up to 32 bits, decimal or with `0x`; empty when it is none.
    public static OptionalLong number(String text) {
        try {
            long value =
                    text.startsWith("0x")
                            ? HexFormat.fromHexDigitsToLong(text, 2, text.length())
                            : Long.parseLong(text);
            return value < 0 || value >>> 32 != 0 ? OptionalLong.empty() : OptionalLong.of(value);
        } catch (IllegalArgumentException _) {
            return OptionalLong.empty();
        }
    }

    /// Whether a boolean or a word means on.
    public static boolean isOn(String value) {
        return Set.of("on", "yes", "true", "y").contains(value);
    }
}
