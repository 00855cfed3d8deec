package igdrom.report.text;

import java.util.ArrayList;
import java.util.List;

/// Lines of text with styles.
public record StyledText(List<Line> lines) {
    public static final StyledText EMPTY = new StyledText(List.of());

    /// A line, without its end.
    public record Line(List<Span> spans) {
        public Line {
            spans = List.copyOf(spans);
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
            for (Span span : line.spans()) {
                plain.append(span.text());
            }
            plain.append('\n');
        }
        return plain.toString();
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
            lines.add(new Line(spans));
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
