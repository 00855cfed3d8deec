package igdrom.cli.manual;

/// Writes the text of a man page.
///
/// Spec: groff_man(7).
final class Roff {
    private final StringBuilder out = new StringBuilder();

    /// A request with its arguments, such as `.SH NAME`. Those of macros may hold blanks, and are
    /// then quoted; requests of roff itself accept no quotes.
    Roff request(String name, String... arguments) {
        out.append('.').append(name);
        for (String argument : arguments) {
            String escaped = argument.replace("\\", "\\e").replace("\"", "\\(dq");
            String quote = escaped.isEmpty() || escaped.contains(" ") ? "\"" : "";
            out.append(' ').append(quote).append(escaped).append(quote);
        }
        out.append('\n');
        return this;
    }

    /// A line of running text.
    Roff text(String text) {
        out.append(line(escape(text))).append('\n');
        return this;
    }

    /// A line that begins with words in bold type.
    Roff bold(String words, String rest) {
        out.append("\\fB").append(escape(words)).append("\\fR").append(escape(rest)).append('\n');
        return this;
    }

    /// The names of an option in bold type, and the label of its value in italics.
    Roff option(Iterable<String> names, String label) {
        String separator = "";
        for (String name : names) {
            out.append(separator).append("\\fB").append(escape(name)).append("\\fR");
            separator = ", ";
        }
        if (!label.isEmpty()) {
            out.append(separator.isEmpty() ? "" : " ")
                    .append("\\fI")
                    .append(escape(label))
                    .append("\\fR");
        }
        out.append('\n');
        return this;
    }

    /// A minus sign would become a hyphen, which a reader cannot paste.
    static String escape(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }

    /// A line must not begin with what makes it a request.
    private static String line(String text) {
        return text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
