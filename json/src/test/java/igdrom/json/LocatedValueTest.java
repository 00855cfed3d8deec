package igdrom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LocatedValueTest {
    private static final LocatedValue ROOT =
            LocatedValue.root(
                    "host.json",
                    JsonObject.builder()
                            .put("name", "igd")
                            .put("size", 12)
                            .put("ready", true)
                            .putNull("nothing")
                            .put("ids", JsonArray.ofStrings(List.of("8086:46d1", "8086:46d4")))
                            .put("inner", JsonObject.builder().put("size", "12").build())
                            .build());

    @Test
    void values_are_read_by_type() {
        assertThat(ROOT.required("name").string()).isEqualTo("igd");
        assertThat(ROOT.required("size").number()).isEqualTo(12);
        assertThat(ROOT.required("ready").booleanValue()).isTrue();
        assertThat(ROOT.required("ids").elements())
                .containsExactly(
                        new LocatedValue("host.json", "ids[0]", new JsonString("8086:46d1")),
                        new LocatedValue("host.json", "ids[1]", new JsonString("8086:46d4")));
        assertThat(ROOT.member("other")).isEmpty();
        assertThat(ROOT.member("nothing"))
                .contains(new LocatedValue("host.json", "nothing", JsonNull.NULL));
    }

    @Test
    void errors_name_document_and_path() {
        refuses(root -> root.required("other"), "host.json: has no \"other\"");
        refuses(root -> root.required("size").string(), "host.json: size: is not a string");
        refuses(
                root -> root.required("inner").required("size").number(),
                "host.json: inner.size: is not a whole number");
        refuses(
                root -> root.required("name").booleanValue(),
                "host.json: name: is not true or false");
        refuses(root -> root.required("name").elements(), "host.json: name: is not an array");
        refuses(
                root -> root.required("ids").elements().get(1).member("x"),
                "host.json: ids[1]: is not an object");
        refuses(
                root -> root.required("inner").checkNames("a"),
                "host.json: inner.size: unknown field");
    }

    private static void refuses(Consumer<LocatedValue> reader, String message) {
        assertThatThrownBy(() -> reader.accept(ROOT))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage(message);
    }
}
