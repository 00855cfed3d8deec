package igdrom.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonEscapesTest {
    @Test
    void text_without_controls_is_returned_as_it_is() {
        String text = "{\"name\":\"Grüße \uD83D\uDE00\",\n\"b\":1}";
        assertThat(JsonEscapes.escapeControls(text)).isSameAs(text);
    }

    @Test
    void controls_are_escaped() {
        assertThat(JsonEscapes.escapeControls("\"\u007f\u009b31m\""))
                .isEqualTo("\"\\u007f\\u009b31m\"");
        assertThat(JsonEscapes.escapeControls("\"a\u202eb\u2066\u200f\""))
                .isEqualTo("\"a\\u202eb\\u2066\\u200f\"");
        assertThat(JsonEscapes.escapeControls("\u2028\u2029\ufeff\u00ad"))
                .isEqualTo("\\u2028\\u2029\\ufeff\\u00ad");
    }

    @Test
    void characters_beyond_16_bits_are_escaped_as_pairs() {
        assertThat(JsonEscapes.escapeControls("\uDB40\uDC01")).isEqualTo("\\udb40\\udc01");
    }

    @Test
    void surrogates_without_partner_are_escaped() {
        assertThat(JsonEscapes.escapeControls("\uD83Dx\uDE00")).isEqualTo("\\ud83dx\\ude00");
    }
}
