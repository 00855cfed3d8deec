package igdrom.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TsvTableTest {
    private static final String HEADER = "id\tname\n";

    private static TsvTable parse(String text) {
        return TsvTable.parse("t.tsv", text, "id", "name");
    }

    @Test
    void table_gives_texts_numbers_and_absent_values() {
        TsvTable table = parse(HEADER + "0x5c\tone\n17\t-\n").requireAscending();
        List<TsvTable.Row> rows = table.rows();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).number(0)).isEqualTo(0x5c);
        assertThat(rows.get(0).text(1)).isEqualTo("one");
        assertThat(rows.get(1).number(0)).isEqualTo(17);
        assertThat(rows.get(1).hex(0)).isEqualTo(0x17);
        assertThat(rows.get(1).textOrNull(1)).isNull();
        assertThat(rows.get(1).numberOrNull(1)).isNull();
    }

    @Test
    void table_with_unknown_column_or_cut_line_is_refused() {
        String message = "t.tsv: the columns are not [id, name], or a line is cut off";
        assertBroken("id\tname\tmore\n", message);
        assertBroken("id", message);
        assertBroken(HEADER + "1\ta", message);
    }

    @Test
    void row_with_surplus_missing_or_empty_cell_is_refused() {
        assertBroken(HEADER + "2\n", "t.tsv, row 2: expected 2 cells, none of them empty");
        assertBroken(HEADER + "1\ta\tb\n", "t.tsv, row 1: expected 2 cells, none of them empty");
        assertBroken(HEADER + "1\t\n", "t.tsv, row 1: expected 2 cells, none of them empty");
        assertBroken(HEADER + "\n", "t.tsv, row : expected 2 cells, none of them empty");
    }

    @Test
    void repeated_row_and_row_out_of_order_are_refused() {
        assertBroken(HEADER + "1\ta\n1\tb\n", "t.tsv, row 1: 1 after 1");
        assertBroken(HEADER + "2\ta\n1\tb\n", "t.tsv, row 1: 1 after 2");
    }

    @Test
    void cell_of_wrong_type_is_refused() {
        TsvTable.Row row = new TsvTable.Row("t.tsv", List.of("x", "maybe"));
        assertThatThrownBy(() -> row.number(0)).hasMessage("t.tsv, row x: \"x\" is not a number");
        assertThatThrownBy(() -> row.hex(0)).hasMessage("t.tsv, row x: \"x\" is not hexadecimal");
        assertThatThrownBy(() -> row.yes(1))
                .hasMessage("t.tsv, row x: \"maybe\" is neither yes nor no");
    }

    @Test
    void missing_table_is_refused() {
        assertThatThrownBy(() -> TsvTable.load("absent.tsv")).hasMessage("absent.tsv is missing");
    }

    private static void assertBroken(String text, String message) {
        assertThatThrownBy(() -> parse(text).requireAscending())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }
}
