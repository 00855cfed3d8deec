package igdrom.web.page;

import igdrom.bytes.Image;
import igdrom.formats.compress.Codec;
import igdrom.json.JsonFormat;
import igdrom.json.JsonString;
import igdrom.report.html.StaticPage;
import igdrom.web.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of the page.
public final class PageFile {
    private static final String RUNTIME = "/org/teavm/backend/wasm/wasm-gc-runtime.min.js";
    private static final Pattern HOLE = Pattern.compile("%([A-Z]+)%");

    private PageFile() {}

    /// What the page may do: run the script and the style in it, and make functions and workers of
    /// its own text, which the runtime of TeaVM needs. Everything else is forbidden, above all any
    /// connection.
    private static String policy(String script, String style) {
        return "default-src 'none'; script-src %s 'unsafe-eval' blob:; worker-src blob:; style-src %s;"
                        .formatted(script, style)
                + " form-action 'none'; base-uri 'none'";
    }

    /// Puts the parts of the page together.
    ///
    /// @param wasm the engine
    /// @param version of igdrom
    /// @param licence the text of igdrom's own, which others of the parts have too
    public static String of(byte[] wasm, String version, String licence) {
        String worker = text(RUNTIME) + '\n' + text("lzma.js") + text("worker.js");
        String script = "const WORKER = " + literal(worker) + ";\n" + text("page.js");
        String style = StaticPage.styleSheet() + text("page.css");
        String policy = policy(hash(script), hash(style));
        String licences = text("licences.txt") + "\n" + licence;
        return filled(
                text("page.html"),
                Map.of(
                        "POLICY",
                        policy,
                        "STYLE",
                        style,
                        "VERSION",
                        escaped(version),
                        "LICENCES",
                        escaped(licences),
                        "ENGINE",
                        Base91.encode(Codec.LZMA.compress(Image.of(wasm)).toByteArray()),
                        "SCRIPT",
                        script));
    }

    private static String filled(String template, Map<String, String> parts) {
        StringBuilder page = new StringBuilder();
        Matcher holes = HOLE.matcher(template);
        while (holes.find()) {
            String part = parts.get(holes.group(1));
            if (part == null) {
                throw new IllegalStateException("page.html: nothing is named " + holes.group(1));
            }
            holes.appendReplacement(page, Matcher.quoteReplacement(part));
        }
        return holes.appendTail(page).toString();
    }

    /// A text as a literal of JavaScript that does not end the script that it is in.
    private static String literal(String text) {
        return new PlainJson()
                .print(new JsonString(text), JsonFormat.Layout.COMPACT)
                .replace("</", "<\\/")
                .replace("<!--", "<\\!--");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String hash(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String resource) {
        try (InputStream in =
                PageFile.class.getResourceAsStream(
                        resource.startsWith("/") ? resource : "/igdrom/web/page/" + resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
