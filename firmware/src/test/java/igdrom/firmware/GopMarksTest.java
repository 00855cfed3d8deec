package igdrom.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import org.junit.jupiter.api.Test;

class GopMarksTest {
    @Test
    void text_is_found_whole_and_at_the_parity_of_the_start() {
        Image data =
                new Emitter()
                        .fill(0, 101)
                        .utf16z("Intel(R) GOP Driver")
                        .fillTo(300, 0)
                        .utf16z("Intel(R) GOP Driver")
                        .toImage();
        GopMarks marks = new GopMarks(data);
        assertThat(marks.isIn(0, 300)).isFalse();
        assertThat(marks.isIn(1, 300)).isTrue();
        assertThat(marks.isIn(2, 338)).isTrue();
        assertThat(marks.isIn(2, 337)).isFalse();
        assertThat(marks.isIn(101, 139)).isTrue();
        assertThat(marks.isIn(103, 300)).isFalse();
        assertThat(marks.isIn(300, 338)).isTrue();
        assertThat(marks.isIn(302, 340)).isFalse();
    }
}
