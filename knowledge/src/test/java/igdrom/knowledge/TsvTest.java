package igdrom.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TsvTest {
    private static final String HEADER = "id\tname\n";

    private static Tsv parse(String text) {
        return Tsv.parse("t.tsv", text, "id", "name");
    }

    @Test
    void table_reads_cells_numbers_and_gaps() {
        Tsv table = parse(HEADER + "0x5c\tone\n17\t-\n");
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.row(0).number(0)).isEqualTo(0x5c);
        assertThat(table.row(0).text(1)).isEqualTo("one");
        assertThat(table.row(1).number(0)).isEqualTo(17);
        assertThat(table.row(1).hex(0)).isEqualTo(0x17);
        assertThat(table.row(1).textOrNull(1)).isNull();
        assertThat(table.row(1).numberOrNull(1)).isNull();
    }

    @Test
    void table_with_an_unknown_column_is_refused() {
        assertBroken("id\tname\tmore\n", "t.tsv: the columns are not [id, name]");
        assertBroken("id", "t.tsv: the columns are not [id, name]");
    }

    @Test
    void row_with_a_cell_too_many_or_too_few_is_refused() {
        assertBroken(HEADER + "1\ta\n2\n", "t.tsv line 3: there are not 2 cells");
        assertBroken(HEADER + "1\ta\tb\n", "t.tsv line 2: there are not 2 cells");
    }

    @Test
    void empty_cell_is_refused() {
        assertBroken(HEADER + "1\t\n", "t.tsv line 2: cell 2 is empty");
        assertBroken(HEADER + "\ta\n", "t.tsv line 2: cell 1 is empty");
    }

    @Test
    void line_without_an_end_is_refused() {
        assertBroken(HEADER + "1\ta", "t.tsv line 2: the last line has no end");
    }

    @Test
    void row_twice_or_out_of_order_is_refused() {
        assertThatThrownBy(() -> parse(HEADER + "1\ta\n1\tb\n").sorted())
                .hasMessage("t.tsv line 3: 1 after 1");
        assertThatThrownBy(() -> parse(HEADER + "2\ta\n1\tb\n").sorted())
                .hasMessage("t.tsv line 3: 1 after 2");
    }

    @Test
    void cell_of_another_kind_is_refused() {
        Tsv.Row row = parse(HEADER + "x\tmaybe\n").row(0);
        assertThatThrownBy(() -> row.number(0)).hasMessage("t.tsv line 2: \"x\" is no number");
        assertThatThrownBy(() -> row.hex(0)).hasMessage("t.tsv line 2: \"x\" is not hexadecimal");
        assertThatThrownBy(() -> row.yes(1))
                .hasMessage("t.tsv line 2: \"maybe\" is neither yes nor no");
    }

    @Test
    void table_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> Tsv.load("none.tsv")).hasMessage("none.tsv is missing");
    }

    private static void assertBroken(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }
}
