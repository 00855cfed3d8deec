package igdrom.report.html;

import igdrom.bytes.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the pages of all reports are made of.
final class Cards {
    private static final int MAX_DIAGNOSTICS = 200;

    private Cards() {}

    /// The answer to the question, before everything else.
    ///
    /// @param tone `good`, `bad` or `plain`, which gives its colour
    /// @param word in large letters, such as `YES`
    static Markup.Builder answer(String tone, String word, String statement) {
        return Markup.element("section", "answer " + tone)
                .attribute("aria-label", "Answer")
                .add(Markup.element("p", "verdict").text(word))
                .add(Markup.element("p", "statement").text(sentence(statement)));
    }

    /// A clause as a sentence. A name such as `igd.rom` keeps its case, so only words change.
    static String sentence(String clause) {
        int end = 0;
        while (end < clause.length() && Character.isLowerCase(clause.charAt(end))) {
            end++;
        }
        boolean word = end > 0 && (end == clause.length() || clause.charAt(end) == ' ');
        String start =
                word ? clause.substring(0, 1).toUpperCase(Locale.ROOT) : clause.substring(0, 1);
        return start + clause.substring(1) + (clause.endsWith(".") ? "" : ".");
    }

    /// The line about a file.
    ///
    /// @param sha256 of the file, null when it was not computed
    static Markup file(String name, String what, @Nullable String sha256) {
        Markup.Builder line =
                Markup.element("p", "file")
                        .add(Markup.element("b").text(name))
                        .add(Markup.element("span").text(what));
        if (sha256 != null) {
            line.add(Markup.element("br"))
                    .add(Markup.element("span", "code dim").text("SHA-256 " + sha256));
        }
        return line.build();
    }

    static Markup.Builder card(String kind, String title) {
        return Markup.element("article", "card " + kind).add(Markup.element("h3").text(title));
    }

    /// Terms and what they are.
    static final class Facts {
        private final Markup.Builder list = Markup.element("dl");

        Facts add(String term, String text) {
            return add(term, Markup.element("dd").text(text));
        }

        Facts add(String term, Markup.Builder definition) {
            list.add(Markup.element("dt").text(term)).add(definition);
            return this;
        }

        /// Text of which every character counts.
        Facts addCode(String term, String text) {
            return add(term, Markup.element("dd", "code").text(text));
        }

        Markup.Builder build() {
            return list;
        }
    }

    /// Something to unfold.
    static Markup.Builder details(String summary) {
        return Markup.element("details").add(Markup.element("summary").text(summary));
    }

    static Markup.Builder list(String classes, List<String> texts) {
        Markup.Builder list = Markup.element("ul", classes);
        texts.forEach(text -> list.add(Markup.element("li").text(text)));
        return list;
    }

    /// The problems of an input; empty when there are none.
    ///
    /// @param more problems that the report does not list
    static List<Markup> problems(List<Diagnostic> diagnostics, long more) {
        if (diagnostics.isEmpty() && more == 0) {
            return List.of();
        }
        long total = diagnostics.size() + more;
        Markup.Builder details =
                details(total == 1 ? "1 problem in the file" : total + " problems in the file");
        List<String> shown = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics) {
            if (shown.size() < MAX_DIAGNOSTICS) {
                shown.add(diagnostic.toString());
            }
        }
        if (total > shown.size()) {
            shown.add((total - shown.size()) + " more");
        }
        return List.of(details.add(list("problems code", shown)).build());
    }
}
