package igdrom.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// One of the two streams a command writes text to.
///
/// Names come out of files that somebody else made, so nothing that steers a terminal gets through
/// [#text]: control characters, and those that turn the direction of writing, are spelled out.
final class Output {
    private static final String HEX = "0123456789abcdef";

    private final Sink sink;
    private final Charset charset;
    private final boolean unicode;
    private final boolean colour;

    Output(OutputStream stream, Charset charset, boolean colour) {
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

    Output coloured(boolean colour) {
        return new Output(sink, charset, colour);
    }

    static Output utf8(OutputStream stream) {
        return new Output(stream, StandardCharsets.UTF_8, false);
    }

    /// The same looks, written elsewhere.
    Output to(OutputStream elsewhere) {
        return new Output(elsewhere, charset, colour);
    }

    /// Whether anything was written to it.
    boolean used() {
        return sink.used;
    }

    boolean colour() {
        return colour;
    }

    boolean unicode() {
        return unicode;
    }

    Output text(CharSequence text) throws OutputException {
        int length = text.length();
        for (int at = 0; at < length; at++) {
            char c = text.charAt(at);
            if (c < ' ' || c > '~') {
                return escaped(text);
            }
        }
        return raw(text.toString());
    }

    Output line(CharSequence text) throws OutputException {
        return text(text).newline();
    }

    Output newline() throws OutputException {
        return raw("\n");
    }

    Output styled(Style style, CharSequence text) throws OutputException {
        return colour ? raw(style.on()).text(text).raw(Style.OFF) : text(text);
    }

    /// Text of our own that may hold line ends and colours.
    Output raw(String own) throws OutputException {
        byte[] encoded = own.getBytes(charset);
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

    Output flush() throws OutputException {
        try {
            sink.stream.flush();
            return this;
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }

    private Output escaped(CharSequence text) throws OutputException {
        StringBuilder spelled = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int c = Character.codePointAt(text, at);
            if (shows(c)) {
                spelled.appendCodePoint(c);
            } else {
                spell(spelled, c);
            }
            at += Character.charCount(c);
        }
        return raw(spelled.toString());
    }

    private boolean shows(int c) {
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

    private static void spell(StringBuilder spelled, int c) {
        int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 6;
        spelled.append(digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U");
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            spelled.append(HEX.charAt(c >>> shift & 0xf));
        }
    }

    /// What outputs of different looks have in common.
    private static final class Sink {
        private final OutputStream stream;
        private boolean used;

        Sink(OutputStream stream) {
            this.stream = stream;
        }
    }
}
