package igdrom.knowledge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a table of tab-separated values, strictly: the columns are exactly those expected, every
/// row has a cell for each, and no cell is empty; [#sorted] asks that no first cell is there twice.
///
/// A table that breaks a rule is a mistake in the program, hence [IllegalStateException].
final class Tsv {
    private final String name;
    private final int columns;
    private final List<String> cells = new ArrayList<>();

    private Tsv(String name, int columns) {
        this.name = name;
        this.columns = columns;
    }

    /// One row, by the numbers of its columns.
    record Row(Tsv table, int number) {
        String text(int column) {
            return table.cells.get(number * table.columns + column);
        }

        /// The text, or null for `-`.
        @Nullable String textOrNull(int column) {
            String text = text(column);
            return text.equals("-") ? null : text;
        }

        /// A decimal number, or one in hexadecimal after `0x`.
        int number(int column) {
            String text = text(column);
            try {
                return text.startsWith("0x")
                        ? HexFormat.fromHexDigits(text, 2, text.length())
                        : Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw table.broken(number, "\"" + text + "\" is no number", e);
            }
        }

        /// A number, or null for `-`.
        @Nullable Integer numberOrNull(int column) {
            return text(column).equals("-") ? null : (Integer) number(column);
        }

        /// A number of hexadecimal digits alone.
        int hex(int column) {
            try {
                return HexFormat.fromHexDigits(text(column));
            } catch (IllegalArgumentException e) {
                throw table.broken(number, "\"" + text(column) + "\" is not hexadecimal", e);
            }
        }

        boolean yes(int column) {
            String text = text(column);
            if (!text.equals("yes") && !text.equals("no")) {
                throw table.broken(number, "\"" + text + "\" is neither yes nor no", null);
            }
            return text.equals("yes");
        }

        IllegalStateException broken(String problem) {
            return table.broken(number, problem, null);
        }
    }

    /// The table of that name beside this class.
    static Tsv load(String name, String... columns) {
        try (InputStream in = Tsv.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Tsv parse(String name, String text, String... columns) {
        Tsv table = new Tsv(name, columns.length);
        int lineEnd = text.indexOf('\n');
        String header = lineEnd < 0 ? text : text.substring(0, lineEnd);
        if (!header.equals(String.join("\t", columns))) {
            throw new IllegalStateException(name + ": the columns are not " + List.of(columns));
        }
        int start = lineEnd + 1;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            if (lineEnd < 0 || end < 0) {
                throw table.broken(table.size(), "the last line has no end", null);
            }
            table.add(text, start, end);
            start = end + 1;
        }
        return table;
    }

    private void add(String text, int start, int end) {
        int row = size();
        int from = start;
        for (int column = 0; column < columns; column++) {
            int tab = text.indexOf('\t', from);
            int to = tab < 0 || tab > end ? end : tab;
            boolean last = column == columns - 1;
            if (last != (to == end)) {
                throw broken(row, "there are not " + columns + " cells", null);
            }
            if (to == from) {
                throw broken(row, "cell " + (column + 1) + " is empty", null);
            }
            cells.add(text.substring(from, to));
            from = to + 1;
        }
    }

    int size() {
        return cells.size() / columns;
    }

    Row row(int number) {
        return new Row(this, number);
    }

    /// Checks that the first cells ascend, so that each is there once.
    Tsv sorted() {
        for (int row = 1; row < size(); row++) {
            String one = cells.get((row - 1) * columns);
            String next = cells.get(row * columns);
            if (one.compareTo(next) >= 0) {
                throw broken(row, next + " after " + one, null);
            }
        }
        return this;
    }

    private IllegalStateException broken(int row, String problem, @Nullable Exception cause) {
        return new IllegalStateException(name + " line " + (row + 2) + ": " + problem, cause);
    }
}
