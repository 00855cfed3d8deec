package igdrom.cli.output;

import igdrom.report.text.Style;
import igdrom.report.text.StyledText;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// One of the two streams a command writes text to.
///
/// Names come out of untrusted files, so [#text] lets nothing through that controls a terminal:
/// control characters and bidirectional controls are written as escapes.
public final class Output {
    private static final String HEX = "0123456789abcdef";

    private final Sink sink;
    private final Charset charset;
    private final boolean unicode;
    private final boolean colour;

    public Output(OutputStream stream, Charset charset, boolean colour) {
        this(new Sink(stream), charset, colour);
    }

    private Output(Sink sink, Charset charset, boolean colour) {
        this.sink = sink;
        this.charset = charset;
        this.unicode = charset.equals(StandardCharsets.UTF_8);
        this.colour = colour;
    }

    /// Standard output or standard error.
    static Output of(FileDescriptor descriptor, Charset charset, boolean colour) {
        OutputStream file = new FileOutputStream(descriptor);
        return new Output(new BufferedOutputStream(file, 1 << 14), charset, colour);
    }

    /// The same stream, with colours on or off.
    public Output coloured(boolean colour) {
        return new Output(sink, charset, colour);
    }

    /// Plain text or JSON in UTF-8.
    public static Output utf8(OutputStream stream) {
        return new Output(stream, StandardCharsets.UTF_8, false);
    }

    /// The same charset and colours on another stream.
    public Output to(OutputStream elsewhere) {
        return new Output(elsewhere, charset, colour);
    }

    /// Whether anything was written to the stream.
    public boolean used() {
        return sink.used;
    }

    public boolean colour() {
        return colour;
    }

    /// Whether the charset has more than ASCII.
    public boolean unicode() {
        return unicode;
    }

    /// Text from anywhere, with what a terminal would obey escaped.
    public Output text(CharSequence text) throws OutputException {
        int length = text.length();
        for (int at = 0; at < length; at++) {
            char c = text.charAt(at);
            if (c < ' ' || c > '~') {
                return escaped(text);
            }
        }
        return raw(text.toString());
    }

    public Output line(CharSequence text) throws OutputException {
        return text(text).newline();
    }

    public Output newline() throws OutputException {
        return raw("\n");
    }

    public Output styled(Style style, CharSequence text) throws OutputException {
        String on = Ansi.on(style);
        return colour && !on.isEmpty() ? raw(on).text(text).raw(Ansi.OFF) : text(text);
    }

    /// The lines of a text.
    public Output styled(StyledText text) throws OutputException {
        for (StyledText.Line line : text.lines()) {
            for (StyledText.Span span : line.spans()) {
                styled(span.style(), span.text());
            }
            newline();
        }
        return this;
    }

    /// Our own text, which may contain line ends and colours: written as it is.
    public Output raw(String own) throws OutputException {
        return bytes(own.getBytes(charset));
    }

    /// Bytes that are text in the right charset already.
    public Output bytes(byte[] encoded) throws OutputException {
        return bytes(encoded, 0, encoded.length);
    }

    Output bytes(byte[] encoded, int from, int length) throws OutputException {
        try {
            sink.stream.write(encoded, from, length);
            sink.used = true;
            return this;
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }

    public Output flush() throws OutputException {
        try {
            sink.stream.flush();
            return this;
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }

    private Output escaped(CharSequence text) throws OutputException {
        StringBuilder escapes = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int c = Character.codePointAt(text, at);
            if (isPrintable(c)) {
                escapes.appendCodePoint(c);
            } else {
                escape(escapes, c);
            }
            at += Character.charCount(c);
        }
        return raw(escapes.toString());
    }

    private boolean isPrintable(int c) {
        if (c < 0x80) {
            return c >= ' ' && c != 0x7f;
        }
        return unicode
                && switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.UNASSIGNED,
                            Character.PRIVATE_USE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                            false;
                    default -> true;
                };
    }

    private static void escape(StringBuilder escapes, int c) {
        int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 6;
        escapes.append(digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U");
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            escapes.append(HEX.charAt(c >>> shift & 0xf));
        }
    }

    /// The stream that outputs with different colours share.
    private static final class Sink {
        private final OutputStream stream;
        private boolean used;

        Sink(OutputStream stream) {
            this.stream = stream;
        }
    }
}
