package igdrom.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TsvTest {
    private static final String HEADER = "id\tname\n";

    private static Tsv parse(String text) {
        return Tsv.parse("t.tsv", text, "id", "name");
    }

    @Test
    void table_reads_cells_numbers_and_gaps() {
        Tsv table = parse(HEADER + "0x5c\tone\n17\t-\n").checked();
        List<Tsv.Row> rows = table.rows();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).number(0)).isEqualTo(0x5c);
        assertThat(rows.get(0).text(1)).isEqualTo("one");
        assertThat(rows.get(1).number(0)).isEqualTo(17);
        assertThat(rows.get(1).hex(0)).isEqualTo(0x17);
        assertThat(rows.get(1).textOrNull(1)).isNull();
        assertThat(rows.get(1).numberOrNull(1)).isNull();
    }

    @Test
    void row_is_found_by_its_whole_first_cell() {
        Tsv table = parse(HEADER + "17\tone\n1700\ttwo\n");
        assertThat(table.find("1700")).isEqualTo(new Tsv.Row("t.tsv", List.of("1700", "two")));
        assertThat(table.find("17")).isEqualTo(new Tsv.Row("t.tsv", List.of("17", "one")));
        assertThat(table.find("7")).isNull();
        assertThat(table.find("two")).isNull();
    }

    @Test
    void row_of_a_sorted_table_is_found() {
        Tsv table = parse(HEADER + "17\tone\n1700\ttwo\n18\tthree\n2\tfour\n");
        for (Tsv.Row row : table.rows()) {
            assertThat(table.findSorted(row.text(0))).isEqualTo(row);
        }
        assertThat(table.findSorted("")).isNull();
        assertThat(table.findSorted("170")).isNull();
        assertThat(table.findSorted("19")).isNull();
        assertThat(table.findSorted("3")).isNull();
        assertThat(parse(HEADER).findSorted("17")).isNull();
    }

    @Test
    void table_with_an_unknown_column_or_an_open_line_is_refused() {
        String message = "t.tsv has not the columns [id, name], or a line has no end";
        assertBroken("id\tname\tmore\n", message);
        assertBroken("id", message);
        assertBroken(HEADER + "1\ta", message);
    }

    @Test
    void row_with_a_cell_too_many_too_few_or_empty_is_refused() {
        assertBroken(HEADER + "2\n", "t.tsv, row 2: there are not 2 cells, or one is empty");
        assertBroken(HEADER + "1\ta\tb\n", "t.tsv, row 1: there are not 2 cells, or one is empty");
        assertBroken(HEADER + "1\t\n", "t.tsv, row 1: there are not 2 cells, or one is empty");
        assertBroken(HEADER + "\n", "t.tsv, row : there are not 2 cells, or one is empty");
    }

    @Test
    void row_twice_or_out_of_order_is_refused() {
        assertBroken(HEADER + "1\ta\n1\tb\n", "t.tsv, row 1: 1 after 1");
        assertBroken(HEADER + "2\ta\n1\tb\n", "t.tsv, row 1: 1 after 2");
    }

    @Test
    void cell_of_another_kind_is_refused() {
        Tsv.Row row = new Tsv.Row("t.tsv", List.of("x", "maybe"));
        assertThatThrownBy(() -> row.number(0)).hasMessage("t.tsv, row x: \"x\" is no number");
        assertThatThrownBy(() -> row.hex(0)).hasMessage("t.tsv, row x: \"x\" is not hexadecimal");
        assertThatThrownBy(() -> row.yes(1))
                .hasMessage("t.tsv, row x: \"maybe\" is neither yes nor no");
    }

    @Test
    void table_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> Tsv.load("none.tsv")).hasMessage("none.tsv is missing");
    }

    private static void assertBroken(String text, String message) {
        assertThatThrownBy(() -> parse(text).checked())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }
}
