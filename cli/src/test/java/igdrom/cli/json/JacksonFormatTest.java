package igdrom.cli.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import igdrom.host.SnapshotJson;
import igdrom.json.JsonArray;
import igdrom.json.JsonFormat;
import igdrom.json.JsonFormat.Layout;
import igdrom.json.JsonNull;
import igdrom.json.JsonObject;
import igdrom.json.JsonValue;
import igdrom.json.LocatedValue;
import igdrom.json.MalformedJsonException;
import igdrom.testing.Bruises;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JacksonFormatTest {
    private static final JsonFormat FORMAT = new JacksonFormat();

    private static final JsonObject EVERYTHING =
            JsonObject.builder()
                    .put("text", "Grüße \"\\\n")
                    .put("number", -12)
                    .put("yes", true)
                    .put("nothing", JsonNull.NULL)
                    .put("list", JsonArray.of(List.of(1, 2), JsonValue::of))
                    .put("inner", JsonObject.builder().put("no", false).build())
                    .build();

    @Test
    void values_are_printed_compactly_and_parsed_back() {
        String text = FORMAT.print(EVERYTHING, Layout.COMPACT);
        assertThat(text)
                .isEqualTo(
                        "{\"text\":\"Grüße"
                                + " \\\"\\\\\\n\",\"number\":-12,\"yes\":true,\"nothing\":null,"
                                + "\"list\":[1,2],\"inner\":{\"no\":false}}");
        assertThat(parse(text)).isEqualTo(LocatedValue.root("host.json", EVERYTHING));
    }

    @Test
    void indented_layout_has_one_member_a_line() {
        JsonObject object = JsonObject.builder().put("a", 1).put("b", "x").build();
        assertThat(FORMAT.print(object, Layout.INDENTED))
                .isEqualTo(
                        """
                        {
                          "a" : 1,
                          "b" : "x"
                        }\
                        """);
    }

    @Test
    void control_and_bidirectional_characters_are_escaped() {
        JsonObject object =
                JsonObject.builder()
                        .put("n\u009b", "\u0000\u001b[31m\u007f\u0085\u202e\u2066")
                        .build();
        String text = FORMAT.print(object, Layout.COMPACT);
        assertThat(text)
                .isEqualToIgnoringCase(
                        "{\"n\\u009b\":\"\\u0000\\u001b[31m\\u007f\\u0085\\u202e\\u2066\"}");
        assertThat(parse(text).value()).isEqualTo(object);
    }

    @Test
    void text_that_is_not_json_is_refused_with_its_location() {
        refuses("", "host.json: is empty, expected a JSON object");
        refuses(
                "{\"schema\": 1",
                "host.json: line 1, column 13: not JSON: Unexpected end-of-input: expected close"
                        + " marker for Object");
        refuses("{\"schema\": 1.5}", "host.json: schema: is not a whole number of 64 bits");
        refuses(
                "{\"a\": [{\"b\": 9223372036854775808}]}",
                "host.json: a[0].b: is not a whole number of 64 bits");
        refuses("{\"schema\": " + "[".repeat(5000), "host.json: nested more than 16 levels deep");
        refuses("{\"schema\": 1} {}", "host.json: more data after the end of the object");
        assertThatThrownBy(() -> parse("{\"schema\": 1,,}"))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith("host.json: line 1, column 14: not JSON: ");
        assertThatThrownBy(() -> parse("{\"schema\": 1, \"schema\": 1}"))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("not JSON: Duplicate Object property \"schema\"");
    }

    @Test
    void every_bruise_of_a_snapshot_reads_or_is_refused() {
        Image file =
                Image.ofAscii(
                        """
                        {"schema": 1, "kind": "igdrom-snapshot", "measuredBy": "me",
                         "igd": {"id": {"value": "8086:46d1", "source": "\\u0041"},
                                 "class": {"unreadable": "why"}, "config": {"value": "8680"}},
                         "stolenMemory": {"value": {"base": "0x7c800000", "size": "0x4000000"}}}
                        """);
        Bruises.all(
                file,
                bruised -> {
                    try {
                        SnapshotJson.read(bruised, "host.json", FORMAT);
                    } catch (MalformedJsonException e) {
                        assertThat(e).hasMessageStartingWith("host.json: ");
                    }
                });
    }

    @Test
    void snapshot_larger_than_any_is_refused_before_it_is_parsed() {
        Image file = Image.of(new byte[SnapshotJson.MAX_SIZE + 1]);
        assertThatThrownBy(() -> SnapshotJson.read(file, "host.json", FORMAT))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("host.json: has 4194305 bytes, a snapshot has at most 4194304");
    }

    private static LocatedValue parse(String text) {
        return FORMAT.parse(Image.of(text.getBytes(StandardCharsets.UTF_8)), "host.json");
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage(message);
    }
}
