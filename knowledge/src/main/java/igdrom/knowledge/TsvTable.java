package igdrom.knowledge;

import igdrom.bytes.Resource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table of tab-separated values, with its columns' names in the first line.
///
/// Reading is strict: the columns must be exactly the expected ones, every row must have a cell for
/// each, and no cell may be empty. Tables are part of the program and every build tests them, so a
/// table that breaks a rule is a bug in igdrom: hence [IllegalStateException].
///
/// @param name the file's name, for messages
public record TsvTable(String name, List<Row> rows) {
    public TsvTable {
        rows = List.copyOf(rows);
    }

    /// Reads the table `name` next to this class.
    static TsvTable load(String name, String... columns) {
        return load(TsvTable.class, name, columns);
    }

    /// Reads the table `name` next to `type`, whose package must be open to `igdrom.bytes`.
    ///
    /// @throws IllegalStateException when the table is missing or breaks a rule
    public static TsvTable load(Class<?> type, String name, String... columns) {
        return parse(name, Resource.load(type, name).latin1(), columns);
    }

    /// Reads the table in `text`.
    ///
    /// @throws IllegalStateException when the text breaks a rule
    public static TsvTable parse(String name, String text, String... columns) {
        String header = String.join("\t", columns) + "\n";
        if (!text.startsWith(header) || !text.endsWith("\n")) {
            throw new IllegalStateException(
                    name + ": the columns are not " + List.of(columns) + ", or a line is cut off");
        }
        List<Row> rows = new ArrayList<>();
        for (int start = header.length(); start < text.length(); ) {
            int end = text.indexOf('\n', start);
            Row row = new Row(name, List.of(text.substring(start, end).split("\t", -1)));
            if (row.cells.size() != columns.length || row.cells.contains("")) {
                throw row.broken("expected " + columns.length + " cells, none of them empty");
            }
            rows.add(row);
            start = end + 1;
        }
        return new TsvTable(name, rows);
    }

    /// Checks that first cells ascend, and thus that no row is there twice.
    ///
    /// @return this table
    /// @throws IllegalStateException when they do not
    TsvTable requireAscending() {
        String before = "";
        for (Row row : rows) {
            if (before.compareTo(row.text(0)) >= 0) {
                throw row.broken(row.text(0) + " after " + before);
            }
            before = row.text(0);
        }
        return this;
    }

    /// A row, its cells numbered from 0.
    ///
    /// @param table the table's name, for messages
    public record Row(String table, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }

        public String text(int column) {
            return cells.get(column);
        }

        /// The text, or null for `-`.
        public @Nullable String textOrNull(int column) {
            String text = text(column);
            return text.equals("-") ? null : text;
        }

        /// A number in decimal, or in hexadecimal with `0x` before it.
        ///
        /// @throws IllegalStateException when the cell holds something else
        public int number(int column) {
            String text = text(column);
            try {
                return text.startsWith("0x")
                        ? HexFormat.fromHexDigits(text, 2, text.length())
                        : Integer.parseInt(text);
            } catch (NumberFormatException _) {
                throw broken("\"" + text + "\" is not a number");
            }
        }

        /// A number, or null for `-`.
        ///
        /// @throws IllegalStateException when the cell holds something else
        public @Nullable Integer numberOrNull(int column) {
            return text(column).equals("-") ? null : (Integer) number(column);
        }

        /// A number in hexadecimal, without `0x`.
        int hex(int column) {
            return hexadecimal(text(column));
        }

        /// The value of a part of a cell.
        int hexadecimal(String digits) {
            try {
                return HexFormat.fromHexDigits(digits);
            } catch (IllegalArgumentException _) {
                throw broken("\"" + digits + "\" is not hexadecimal");
            }
        }

        boolean yes(int column) {
            String text = text(column);
            if (!text.equals("yes") && !text.equals("no")) {
                throw broken("\"" + text + "\" is neither yes nor no");
            }
            return text.equals("yes");
        }

        /// An exception that names the row and the rule it breaks.
        public IllegalStateException broken(String problem) {
            return new IllegalStateException(table + ", row " + cells.getFirst() + ": " + problem);
        }
    }
}
