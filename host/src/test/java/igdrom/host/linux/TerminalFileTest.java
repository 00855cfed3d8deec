package igdrom.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.host.Fact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which terminals are text screens of the machine.
class TerminalFileTest {
    private static Fact<Boolean> parse(String stat) {
        return TerminalFile.parseTextScreen(new Fact.Known<>(stat, "stat"));
    }

    @ParameterizedTest
    @CsvSource({
        "1 (a) b) S 1 1 1 1025 1 0, true",
        "1 (sh) S 1 1 1 1088 1 0, false",
        "1 (sh) S 1 1 1 34816 1 0, false",
        "1 (sh) S 1 1 1 0 1 0, false"
    })
    void text_screens_differ_from_serial_ports_and_other_terminals(String stat, boolean screen) {
        assertThat(parse(stat)).isEqualTo(new Fact.Known<>(screen, "stat"));
    }

    @Test
    void text_without_the_field_is_unknown() {
        Fact<Boolean> unknown = new Fact.Unknown<>("stat", "has no terminal where expected");

        assertThat(parse("1 (sh) S 1")).isEqualTo(unknown);
        assertThat(parse("1 (sh) S 1 1 1 x 1")).isEqualTo(unknown);
        assertThat(parse("")).isEqualTo(unknown);
    }
}
