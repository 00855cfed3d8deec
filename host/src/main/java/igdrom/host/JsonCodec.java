package igdrom.host;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.json.JsonArray;
import igdrom.json.JsonBoolean;
import igdrom.json.JsonNull;
import igdrom.json.JsonString;
import igdrom.json.JsonValue;
import igdrom.json.LocatedValue;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// How a type is written as JSON and read back.
///
/// @param read throws [igdrom.json.MalformedJsonException] for what it cannot read
record JsonCodec<T>(Function<T, JsonValue> write, Function<LocatedValue, T> read) {
    static final JsonCodec<String> STRING = new JsonCodec<>(JsonString::new, LocatedValue::string);
    static final JsonCodec<Boolean> BOOLEAN =
            new JsonCodec<>(JsonBoolean::new, LocatedValue::booleanValue);
    static final JsonCodec<Integer> INTEGER =
            new JsonCodec<>(JsonValue::of, value -> (int) number(value, Integer.MAX_VALUE));
    static final JsonCodec<Long> SIZE =
            new JsonCodec<>(JsonValue::of, value -> number(value, Long.MAX_VALUE));

    /// An address or a register, such as `0x8d800000`.
    static final JsonCodec<Long> ADDRESS =
            new JsonCodec<>(number -> new JsonString("0x%x".formatted(number)), JsonCodec::address);

    static final JsonCodec<PciId> ID =
            new JsonCodec<>(id -> new JsonString(id.toString()), JsonCodec::id);
    static final JsonCodec<Image> BYTES =
            new JsonCodec<>(
                    image -> new JsonString(HexFormat.of().formatHex(image.toByteArray())),
                    JsonCodec::bytes);
    static final JsonCodec<MemoryRange> RANGE =
            new JsonCodec<>(
                    range ->
                            new RecordWriter()
                                    .value("base", range.base(), ADDRESS)
                                    .value("size", range.size(), ADDRESS)
                                    .build(),
                    value -> {
                        RecordReader in = RecordReader.of(value);
                        long base = in.required("base", ADDRESS);
                        long size = in.required("size", ADDRESS);
                        in.checkNames();
                        return range(value, base, size);
                    });

    /// @throws igdrom.json.MalformedJsonException when it is not a range
    static MemoryRange range(LocatedValue value, long base, long size) {
        try {
            return new MemoryRange(base, size);
        } catch (IllegalArgumentException e) {
            throw value.malformed(String.valueOf(e.getMessage()));
        }
    }

    /// A number of exactly `count` hexadecimal digits.
    static JsonCodec<Integer> digits(int count) {
        return new JsonCodec<>(
                number -> new JsonString(HexFormat.of().toHexDigits(number, count)),
                value -> digits(value, count));
    }

    static <T> JsonCodec<List<T>> list(JsonCodec<T> element) {
        return new JsonCodec<>(
                list -> JsonArray.of(list, element.write),
                value -> {
                    List<T> list = new ArrayList<>();
                    for (LocatedValue one : value.elements()) {
                        list.add(element.read.apply(one));
                    }
                    return List.copyOf(list);
                });
    }

    /// Empty is null.
    static <T> JsonCodec<Optional<T>> optional(JsonCodec<T> present) {
        return new JsonCodec<>(
                value -> value.map(present.write).orElse(JsonNull.NULL),
                value ->
                        value.value() == JsonNull.NULL
                                ? Optional.empty()
                                : Optional.of(present.read.apply(value)));
    }

    /// A constant in lower case, with hyphens.
    static <E extends Enum<E>> JsonCodec<E> choice(List<E> constants) {
        return new JsonCodec<>(
                constant -> new JsonString(word(constant)),
                value -> {
                    String text = value.string();
                    for (E constant : constants) {
                        if (word(constant).equals(text)) {
                            return constant;
                        }
                    }
                    throw value.malformed(
                            "is \"%s\", not one of %s"
                                    .formatted(
                                            text,
                                            String.join(
                                                    ", ",
                                                    constants.stream()
                                                            .map(JsonCodec::word)
                                                            .toList())));
                });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long number(LocatedValue value, long max) {
        long number = value.number();
        if (number < 0 || number > max) {
            throw value.malformed("is %d, not from 0 to %d".formatted(number, max));
        }
        return number;
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
}
