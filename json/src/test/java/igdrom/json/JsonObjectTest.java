package igdrom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
    @Test
    void members_keep_their_order() {
        JsonObject first = JsonObject.builder().put("z", 1).put("a", (String) null).build();
        JsonObject object = JsonObject.builder().put("m", true).putAll(first).build();
        assertThat(List.copyOf(object.members().keySet())).isEqualTo(List.of("m", "z", "a"));
        assertThat(List.copyOf(object.members().values()))
                .isEqualTo(List.of(JsonValue.of(true), JsonValue.of(1), JsonNull.NULL));
    }

    @Test
    void builder_refuses_a_second_member_of_one_name() {
        JsonObject.Builder builder = JsonObject.builder().put("size", 1);
        assertThatThrownBy(() -> builder.put("size", 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two members are named size");
    }

    @Test
    void values_cannot_be_changed() {
        JsonObject object = JsonObject.builder().put("size", 1).build();
        assertThatThrownBy(() -> object.members().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
