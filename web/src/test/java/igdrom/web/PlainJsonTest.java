package igdrom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import igdrom.cli.json.JacksonFormat;
import igdrom.json.JsonArray;
import igdrom.json.JsonBoolean;
import igdrom.json.JsonFormat.Layout;
import igdrom.json.JsonNull;
import igdrom.json.JsonNumber;
import igdrom.json.JsonObject;
import igdrom.json.JsonString;
import igdrom.json.JsonValue;
import igdrom.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compared with the JSON of the command line, which Jackson reads and writes.
class PlainJsonTest {
    private static final long SEED = 18;

    private final PlainJson plain = new PlainJson();
    private final JacksonFormat jackson = new JacksonFormat();

    @Test
    void documents_are_printed_and_read_as_on_the_command_line() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2000; i++) {
            JsonValue value = value(random, 0);
            for (Layout layout : Layout.values()) {
                String text = jackson.print(value, layout);
                assertThat(plain.print(value, layout)).isEqualTo(text);
                assertThat(plain.parse(utf8(text), "x").value()).isEqualTo(value);
            }
        }
    }

    @Test
    void every_character_is_printed_as_on_the_command_line() {
        for (int c = 0; c < 0x3000; c++) {
            JsonString text = new JsonString(String.valueOf((char) c));
            assertThat(plain.print(text, Layout.COMPACT))
                    .isEqualTo(jackson.print(text, Layout.COMPACT));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\"",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "{a:1}",
                "{'a':1}",
                "[1,]",
                "[1 2]",
                "01",
                "-",
                "+1",
                "1.5",
                "1e3",
                "9223372036854775808",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u12\"",
                "\"a\nb\"",
                "\"",
                "nul",
                "tru",
                "truex",
                "{} {}",
                "// c\n1",
                "NaN",
                "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]"
            })
    void what_the_command_line_refuses_is_refused(String text) {
        assertThatThrownBy(() -> jackson.parse(utf8(text), "x"))
                .isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> plain.parse(utf8(text), "x"))
                .isInstanceOf(MalformedJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " {\"a\" : [ 1 , -2 ] , \"b\" : { } }\r\n\t",
                "\"\\u00e9\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\\"\\\\\"",
                "-9223372036854775808",
                "-0",
                "\ufeff{}",
                "\"\u00e9\u20ac\ud83d\ude00\"",
                "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]"
            })
    void what_the_command_line_reads_is_read_alike(String text) {
        assertThat(plain.parse(utf8(text), "x")).isEqualTo(jackson.parse(utf8(text), "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22c080 22",
                "22e08080 22",
                "22eda080 22",
                "22f4908080 22",
                "22ff22",
                "22c3"
            })
    void invalid_utf_8_is_refused(String hex) {
        Image bytes = Image.ofHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> plain.parse(bytes, "x"))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("is not UTF-8");
    }

    @Test
    void a_message_names_line_and_column() {
        assertThatThrownBy(() -> plain.parse(utf8("{\n  \"a\": ?\n}"), "host.json"))
                .hasMessage(
                        "host.json: line 2, column 8: not JSON: U+003F where a value is expected");
    }

    private static Image utf8(String text) {
        return Image.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonValue value(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0 -> new JsonString(text(random));
            case 1 -> new JsonNumber(random.nextLong() >> random.nextInt(64));
            case 2 -> new JsonBoolean(random.nextBoolean());
            case 3 -> JsonNull.NULL;
            case 4 -> {
                List<JsonValue> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(random, depth + 1));
                }
                yield new JsonArray(elements);
            }
            default -> {
                JsonObject.Builder object = JsonObject.builder();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.put(i + text(random), value(random, depth + 1));
                }
                yield object.build();
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(0x20);
                        case 1 -> 0x20 + random.nextInt(0x60);
                        case 2 -> 0xa0 + random.nextInt(0x2000);
                        default -> 0x1f600 + random.nextInt(16);
                    });
        }
        return text.toString();
    }
}
