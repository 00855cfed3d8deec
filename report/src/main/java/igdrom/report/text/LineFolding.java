package igdrom.report.text;

import igdrom.report.text.StyledText.Fold;
import igdrom.report.text.StyledText.Line;
import igdrom.report.text.StyledText.Span;
import java.util.ArrayList;
import java.util.List;

/// Folds one line.
///
/// Continuation lines begin below the text after the label, when the line has one: ` note text`.
/// The label ends at the first two spaces in a row. A line that begins far to the right is below
/// such a text and continues in its own column. A word that is longer than a line may break after
/// `/`, as the locations of artifacts do; any other such word stays whole.
///
/// A command line breaks between its words with a backslash before the line end. Where a word is
/// longer than a line, as the argument of `-device` is, it breaks after a comma and continues in
/// the first column, so that a shell reads the same word.
final class LineFolding {
    /// A label that leaves less than half of the line to the text is no label.
    private static final int MAX_LABEL_SHARE = 2;

    private static final int MAX_INDENT = 12;

    private final String text;
    private final Line line;
    private final int columns;
    private final int hang;
    private final List<Line> folded = new ArrayList<>();

    private LineFolding(Line line, int columns) {
        this.text = line.plain();
        this.line = line;
        this.columns = columns;
        this.hang = line.fold() == Fold.PARAGRAPH ? indent(text) : hang(text, columns);
    }

    static List<Line> fold(Line line, int columns) {
        LineFolding folding = new LineFolding(line, columns);
        if (line.fold() == Fold.NEVER || folding.text.length() <= columns) {
            return List.of(line);
        }
        folding.run();
        return folding.folded;
    }

    /// The column of continuation lines.
    private static int hang(String text, int columns) {
        int start = indent(text);
        int gap = text.indexOf("  ", start);
        int label = gap < 0 ? 0 : gap + indent(text.substring(gap));
        int hang =
                label > 0 && label < text.length() ? label : start > MAX_INDENT ? start : start + 2;
        return hang * MAX_LABEL_SHARE <= columns ? hang : Math.min(start + 2, columns / 4);
    }

    private static int indent(String text) {
        int spaces = 0;
        while (spaces < text.length() && text.charAt(spaces) == ' ') {
            spaces++;
        }
        return spaces;
    }

    private void run() {
        boolean command = line.fold() == Fold.COMMAND;
        int from = 0;
        int left = 0;
        while (left + text.length() - from > columns) {
            int start = from == 0 ? Math.max(indent(text), labelEnd()) : from;
            int room = from + columns - left;
            int space = spaceBefore(start, command ? room - 2 : room);
            if (space > start) {
                add(left, from, space, command ? " \\" : "");
                from = space + indent(text.substring(space));
                left = hang;
                continue;
            }
            int end = endOfWord(start);
            int inside =
                    lastAfter(command ? ',' : '/', start, Math.min(end, command ? room - 1 : room));
            if (inside > start && inside < end) {
                add(left, from, inside, command ? "\\" : "");
                from = inside;
                left = command ? 0 : hang;
            } else if (end < text.length()) {
                add(left, from, end, command ? " \\" : "");
                from = end + indent(text.substring(end));
                left = hang;
            } else {
                break;
            }
        }
        if (from < text.length()) {
            add(left, from, text.length(), "");
        }
    }

    /// Where the text after the label begins, 0 without a label that is kept apart.
    private int labelEnd() {
        int gap = text.indexOf("  ", indent(text));
        int end = gap < 0 ? 0 : gap + indent(text.substring(gap));
        return end == hang ? end : 0;
    }

    /// The last space from `start` to `end`, where the line may end; -1 for none.
    private int spaceBefore(int start, int end) {
        int space = text.lastIndexOf(' ', end);
        while (space > start && text.charAt(space - 1) == ' ') {
            space--;
        }
        return space > start ? space : -1;
    }

    private int endOfWord(int start) {
        int space = text.indexOf(' ', start);
        return space < 0 ? text.length() : space;
    }

    /// The offset after the last `separator` that lies from `start` to before `end`; -1 for none.
    private int lastAfter(char separator, int start, int end) {
        int at = text.lastIndexOf(separator, end - 1);
        return at < start ? -1 : at + 1;
    }

    /// Adds a part of the line, with the styles that it has there.
    private void add(int left, int from, int to, String end) {
        List<Span> spans = new ArrayList<>();
        if (left > 0) {
            spans.add(new Span(Style.PLAIN, " ".repeat(left)));
        }
        int at = 0;
        for (Span span : line.spans()) {
            int first = Math.max(from - at, 0);
            int last = Math.min(to - at, span.text().length());
            if (first < last) {
                spans.add(new Span(span.style(), span.text().substring(first, last)));
            }
            at += span.text().length();
        }
        if (!end.isEmpty()) {
            spans.add(new Span(Style.PLAIN, end));
        }
        folded.add(new Line(spans, Fold.NEVER));
    }
}
