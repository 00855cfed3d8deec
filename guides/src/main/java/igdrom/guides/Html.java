package igdrom.guides;

import igdrom.report.html.StaticPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The frame of a page: a document that needs no network and runs no script.
final class Html {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file: data:;"
                    + " form-action 'none'; base-uri 'none'";

    private Html() {}

    /// The document.
    ///
    /// @param title of the window
    /// @param top what is above the page, as HTML
    /// @param body as HTML
    static String page(String title, String top, String body) {
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="%s">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>%s%s</style>
        </head>
        <body>
        <main class="guide">
        %s%s</main>
        </body>
        </html>
        """
                .formatted(
                        escape(POLICY), escape(title), StaticPage.styleSheet(), style(), top, body);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String style() {
        try (InputStream in = Html.class.getResourceAsStream("guide.css")) {
            if (in == null) {
                throw new IllegalStateException("guide.css is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
