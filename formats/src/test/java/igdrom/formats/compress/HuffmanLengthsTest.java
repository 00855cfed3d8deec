package igdrom.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HuffmanLengthsTest {
    @Test
    void rarer_symbols_get_longer_codes() {
        assertThat(HuffmanLengths.of(new int[] {5, 0, 1, 1, 2}))
                .isEqualTo(new byte[] {1, 0, 3, 3, 2});
    }

    @Test
    void single_symbol_needs_no_code() {
        assertThat(HuffmanLengths.of(new int[] {0, 7, 0})).isEqualTo(new byte[3]);
        assertThat(HuffmanLengths.of(new int[3])).isEqualTo(new byte[3]);
    }

    @Test
    void code_of_extreme_frequencies_is_complete_and_limited_in_length() {
        int[] fibonacci = new int[30];
        fibonacci[0] = 1;
        fibonacci[1] = 1;
        for (int i = 2; i < fibonacci.length; i++) {
            fibonacci[i] = fibonacci[i - 1] + fibonacci[i - 2];
        }
        byte[] lengths = HuffmanLengths.of(fibonacci);
        assertThat(new HuffmanTable(30, 9).set(lengths, 30)).isTrue();
        assertThat(lengths[0]).isGreaterThan((byte) 9);
    }
}
