package igdrom.knowledge;

import igdrom.bytes.Resource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table of tab-separated values whose rows are looked for by their first cell.
///
/// It is strict: the columns are exactly those expected, a row has a cell for each, and no cell is
/// empty. To start fast, a row is taken apart when it is asked for; [#checked] takes apart all of
/// them and demands that first cells ascend, so that none is there twice. The tables are part of
/// the program, and its tests check each of them, so that a table that breaks a rule never gets
/// out: hence [IllegalStateException].
///
/// @param columns how many there are
/// @param first where the first row begins in the text
public record Tsv(String name, String text, int columns, int first) {
    /// The table of that name beside this class.
    static Tsv load(String name, String... columns) {
        return load(Tsv.class, name, columns);
    }

    /// The table of that name beside `type`, whose package is open to `igdrom.bytes`.
    public static Tsv load(Class<?> type, String name, String... columns) {
        return parse(name, Resource.load(type, name).latin1(), columns);
    }

    /// The table that this text is.
    public static Tsv parse(String name, String text, String... columns) {
        String header = String.join("\t", columns);
        if (!text.startsWith(header)
                || text.indexOf('\n') != header.length()
                || !text.endsWith("\n")) {
            throw new IllegalStateException(
                    name + " has not the columns " + List.of(columns) + ", or a line has no end");
        }
        return new Tsv(name, text, columns.length, header.length() + 1);
    }

    /// The row whose first cell is `key`, or null.
    @Nullable Row find(String key) {
        int length = key.length();
        for (int start = first; start < text.length(); start = next(start)) {
            if (text.startsWith(key, start) && text.charAt(start + length) == '\t') {
                return row(start);
            }
        }
        return null;
    }

    /// Like [#find], in a table whose first cells ascend: looks at a few rows only.
    @Nullable Row findSorted(String key) {
        int low = first;
        int high = text.length();
        while (low < high) {
            int start = text.lastIndexOf('\n', (low + high) / 2 - 1) + 1;
            int order = text.substring(start, text.indexOf('\t', start)).compareTo(key);
            if (order == 0) {
                return row(start);
            }
            if (order < 0) {
                low = next(start);
            } else {
                high = start;
            }
        }
        return null;
    }

    /// All of them, taken apart.
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int start = first; start < text.length(); start = next(start)) {
            rows.add(row(start));
        }
        return rows;
    }

    /// Checks every row.
    Tsv checked() {
        String before = "";
        for (Row row : rows()) {
            if (before.compareTo(row.text(0)) >= 0) {
                throw row.broken(row.text(0) + " after " + before);
            }
            before = row.text(0);
        }
        return this;
    }

    private int next(int start) {
        return text.indexOf('\n', start) + 1;
    }

    private Row row(int start) {
        int end = text.indexOf('\n', start);
        List<String> cells = new ArrayList<>(columns);
        int from = start;
        while (from <= end) {
            int tab = text.indexOf('\t', from);
            int to = tab < 0 || tab > end ? end : tab;
            cells.add(text.substring(from, to));
            from = to + 1;
        }
        Row row = new Row(name, cells);
        if (cells.size() != columns || cells.contains("")) {
            throw row.broken("there are not " + columns + " cells, or one is empty");
        }
        return row;
    }

    /// One row, by the numbers of its columns.
    public record Row(String table, List<String> cells) {
        public String text(int column) {
            return cells.get(column);
        }

        /// The text, or null for `-`.
        public @Nullable String textOrNull(int column) {
            String text = text(column);
            return text.equals("-") ? null : text;
        }

        /// A decimal number, or one in hexadecimal after `0x`.
        public int number(int column) {
            String text = text(column);
            try {
                return text.startsWith("0x")
                        ? HexFormat.fromHexDigits(text, 2, text.length())
                        : Integer.parseInt(text);
            } catch (NumberFormatException _) {
                throw broken("\"" + text + "\" is no number");
            }
        }

        /// A number, or null for `-`.
        public @Nullable Integer numberOrNull(int column) {
            return text(column).equals("-") ? null : (Integer) number(column);
        }

        /// A number of hexadecimal digits alone.
        int hex(int column) {
            try {
                return HexFormat.fromHexDigits(text(column));
            } catch (IllegalArgumentException _) {
                throw broken("\"" + text(column) + "\" is not hexadecimal");
            }
        }

        boolean yes(int column) {
            String text = text(column);
            if (!text.equals("yes") && !text.equals("no")) {
                throw broken("\"" + text + "\" is neither yes nor no");
            }
            return text.equals("yes");
        }

        /// A rule that the row breaks.
        public IllegalStateException broken(String problem) {
            return new IllegalStateException(table + ", row " + cells.getFirst() + ": " + problem);
        }
    }
}
