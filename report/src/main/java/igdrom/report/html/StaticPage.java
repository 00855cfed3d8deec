package igdrom.report.html;

import igdrom.bytes.Resource;
import igdrom.report.html.Markup.Element;
import igdrom.report.html.Markup.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Prints markup as a document that needs no other file and runs no script.
public final class StaticPage {
    /// Elements of HTML that have no end tag.
    private static final Set<String> VOID = Set.of("br", "img", "meta", "link");

    private StaticPage() {}

    /// The document.
    ///
    /// @param title of the window
    /// @param maker what made it, with its version
    public static String of(String title, List<Markup> body, String maker) {
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
        Element page =
                Markup.element("html")
                        .attribute("lang", "en")
                        .add(head(title))
                        .add(
                                Markup.element("body")
                                        .add(Markup.element("main").addAll(body))
                                        .add(
                                                Markup.element("footer")
                                                        .text(
                                                                "Made by "
                                                                        + maker
                                                                        + ". Contains no"
                                                                        + " firmware.")))
                        .build();
        print(page, out);
        return out.append('\n').toString();
    }

    private static Markup.Builder head(String title) {
        return Markup.element("head")
                .add(Markup.element("meta").attribute("charset", "utf-8"))
                .add(
                        Markup.element("meta")
                                .attribute("http-equiv", "Content-Security-Policy")
                                .attribute(
                                        "content",
                                        "default-src 'none'; style-src 'unsafe-inline'; img-src"
                                                + " data:; form-action 'none'; base-uri 'none'"))
                .add(
                        Markup.element("meta")
                                .attribute("name", "viewport")
                                .attribute("content", "width=device-width, initial-scale=1"))
                .add(Markup.element("title").text(title + " \u00b7 igdrom"))
                .add(Markup.element("style").text(styleSheet()));
    }

    /// The style sheet of all reports, in which no character has to be escaped.
    public static String styleSheet() {
        return Resource.load(StaticPage.class, "report.css").latin1();
    }

    private static void print(Markup markup, StringBuilder out) {
        switch (markup) {
            case Text(String text) -> escape(text, out);
            case Element(String name, Map<String, String> attributes, List<Markup> children) -> {
                out.append('<').append(name);
                attributes.forEach((key, value) -> {
                    out.append(' ').append(key).append("=\"");
                    escape(value, out);
                    out.append('"');
                });
                out.append('>');
                for (Markup child : children) {
                    print(child, out);
                }
                if (!VOID.contains(name)) {
                    out.append("</").append(name).append('>');
                }
            }
        }
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                // Line ends of the style sheet stay, other control characters are visible.
                case '\t', '\n' -> out.append(c);
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }
}
