package igdrom.report.text;

import java.util.ArrayList;
import java.util.List;

/// Lines of text with styles.
public record StyledText(List<Line> lines) {
    public static final StyledText EMPTY = new StyledText(List.of());

    /// What happens to a line that is too long for its medium.
    public enum Fold {
        /// It continues below its text, and breaks between words only.
        WORDS,
        /// It continues in its own first column, and breaks between words only.
        PARAGRAPH,
        /// It is a command line, and can still be pasted into a shell.
        COMMAND,
        /// It stays as it is.
        NEVER
    }

    /// A line, without its end.
    public record Line(List<Span> spans, Fold fold) {
        public Line {
            spans = List.copyOf(spans);
        }

        /// The line without styles.
        String plain() {
            StringBuilder plain = new StringBuilder();
            for (Span span : spans) {
                plain.append(span.text());
            }
            return plain.toString();
        }
    }

    /// A piece of a line.
    public record Span(Style style, String text) {}

    public StyledText {
        lines = List.copyOf(lines);
    }

    /// The text without styles, each line with a line end.
    public String plain() {
        StringBuilder plain = new StringBuilder();
        for (Line line : lines) {
            plain.append(line.plain()).append('\n');
        }
        return plain.toString();
    }

    /// The text in lines of at most `columns`, as far as its words allow.
    ///
    /// @param columns 0 when lines may have any length
    public StyledText folded(int columns) {
        if (columns == 0) {
            return this;
        }
        List<Line> folded = new ArrayList<>();
        for (Line line : lines) {
            folded.addAll(LineFolding.fold(line, columns));
        }
        return new StyledText(folded);
    }

    /// Puts lines together, span by span.
    public static final class Builder {
        private final List<Line> lines = new ArrayList<>();
        private final List<Span> spans = new ArrayList<>();

        public Builder text(String text) {
            return styled(Style.PLAIN, text);
        }

        public Builder styled(Style style, String text) {
            if (!text.isEmpty()) {
                spans.add(new Span(style, text));
            }
            return this;
        }

        /// Ends the line with `text`.
        public Builder line(String text) {
            return text(text).newline();
        }

        public Builder newline() {
            return end(Fold.WORDS);
        }

        /// Ends a paragraph with `text`.
        public Builder paragraph(String text) {
            return text(text).end(Fold.PARAGRAPH);
        }

        /// Ends a line that holds a command line.
        public Builder commandLine() {
            return end(Fold.COMMAND);
        }

        /// Ends a line that is never folded.
        public Builder wholeLine() {
            return end(Fold.NEVER);
        }

        /// Adds the lines of another text.
        public Builder add(StyledText other) {
            lines.addAll(other.lines);
            return this;
        }

        private Builder end(Fold fold) {
            lines.add(new Line(spans, fold));
            spans.clear();
            return this;
        }

        public StyledText build() {
            if (!spans.isEmpty()) {
                newline();
            }
            return new StyledText(lines);
        }
    }
}
