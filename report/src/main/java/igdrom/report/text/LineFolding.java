package igdrom.report.text;

import igdrom.report.text.StyledText.Fold;
import igdrom.report.text.StyledText.Line;
import igdrom.report.text.StyledText.Span;
import java.util.ArrayList;
import java.util.List;

/// Folds one line.
///
/// Continuation lines begin below the text after the labels, when the line has some. A label ends
/// at two or more spaces in a row. A line that begins far to the right is below such a text and
/// continues in its own column. A word that does not fit there begins further to the left. One that
/// is longer than a line may break after `/`, as the locations of artifacts do; any other stays
/// whole.
///
/// A command line breaks between its words with a backslash before the line end. Where a word is
/// longer than a line, as the argument of `-device` is, it breaks after a comma and continues in
/// the first column, so that a shell reads the same word.
final class LineFolding {
    /// Labels that leave less than half of the line to the text are part of the text.
    private static final int MAX_LABEL_SHARE = 2;

    private static final int MAX_INDENT = 12;

    private final String text;
    private final Line line;
    private final int columns;

    /// Where the text after the labels begins, 0 without labels.
    private final int labelEnd;

    /// The column of continuation lines.
    private final int hang;

    private final List<Line> folded = new ArrayList<>();

    private LineFolding(Line line, int columns) {
        this.text = line.plain();
        this.line = line;
        this.columns = columns;
        int start = spacesEnd(0);
        this.labelEnd = line.fold() == Fold.PARAGRAPH ? 0 : labelEnd(start);
        this.hang = line.fold() == Fold.PARAGRAPH ? start : hang(start);
    }

    static List<Line> fold(Line line, int columns) {
        LineFolding folding = new LineFolding(line, columns);
        if (line.fold() == Fold.NEVER || folding.text.length() <= columns) {
            return List.of(line);
        }
        folding.run();
        return folding.folded;
    }

    private int labelEnd(int start) {
        int label = 0;
        for (int gap = text.indexOf("  ", start); gap >= 0; gap = text.indexOf("  ", label)) {
            int end = spacesEnd(gap);
            if (end == text.length() || end * MAX_LABEL_SHARE > columns) {
                break;
            }
            label = end;
        }
        return label;
    }

    private int hang(int start) {
        int hang = labelEnd > 0 ? labelEnd : start > MAX_INDENT ? start : start + 2;
        return hang * MAX_LABEL_SHARE <= columns ? hang : Math.min(start + 2, columns / 4);
    }

    /// The end of the spaces from an offset on.
    private int spacesEnd(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) == ' ') {
            end++;
        }
        return end;
    }

    private void run() {
        boolean command = line.fold() == Fold.COMMAND;
        int from = 0;
        int left = 0;
        while (left + text.length() - from > columns) {
            int start = from == 0 ? Math.max(spacesEnd(0), labelEnd) : from;
            int room = from + columns - left;
            int space = spaceBefore(start, command ? room - 2 : room);
            int end = endOfWord(start);
            int inside =
                    lastAfter(command ? ',' : '/', start, Math.min(end, command ? room - 1 : room));
            if (space < 0 && inside > start && inside < end) {
                add(left, from, inside, command ? "\\" : "");
                from = inside;
                left = command ? 0 : left(from);
            } else if (space > 0 || end < text.length()) {
                int to = space > 0 ? space : end;
                add(left, from, to, command ? " \\" : "");
                from = spacesEnd(to);
                left = left(from);
            } else {
                break;
            }
        }
        if (from < text.length()) {
            add(left, from, text.length(), "");
        }
    }

    /// The column of a continuation line, as far to the left as its first word needs.
    private int left(int from) {
        int room = columns - (endOfWord(from) - from);
        return room >= hang || room < 2 || line.fold() == Fold.COMMAND ? hang : room;
    }

    /// The last space after `start` and up to `end`, where the line may end; -1 for none.
    private int spaceBefore(int start, int end) {
        for (int at = Math.min(end, text.length() - 1); at > start; at--) {
            if (text.charAt(at) == ' ' && text.charAt(at - 1) != ' ') {
                return at;
            }
        }
        return -1;
    }

    private int endOfWord(int start) {
        int space = text.indexOf(' ', start);
        return space < 0 ? text.length() : space;
    }

    /// The offset after the last `separator` that lies from `start` to before `end`; -1 for none.
    private int lastAfter(char separator, int start, int end) {
        for (int at = end - 1; at >= start; at--) {
            if (text.charAt(at) == separator) {
                return at + 1;
            }
        }
        return -1;
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
