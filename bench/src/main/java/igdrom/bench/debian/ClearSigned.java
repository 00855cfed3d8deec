package igdrom.bench.debian;

import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A text with signatures under it. Nothing may stand before or after: what is read is what was
/// signed.
///
/// Spec: RFC 9580, "Cleartext Signature Framework".
///
/// @param text the lines that were signed, a line end after each
/// @param signed what the signatures are made over: the same with CR and LF between the lines
/// @param signatures those that could be read, by whomever
public record ClearSigned(String text, Image signed, List<PgpSignature> signatures) {
    private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String END = "-----END PGP SIGNATURE-----";

    public ClearSigned {
        signatures = List.copyOf(signatures);
    }

    public static ClearSigned read(Image file, Place place) {
        return new Lines(file.latin1(), place).message();
    }

    /// Walks over the lines of one message.
    private static final class Lines {
        private final String all;
        private final Place place;
        private int at;
        private int start;

        Lines(String all, Place place) {
            this.all = all;
            this.place = place;
        }

        ClearSigned message() {
            if (!next().equals(BEGIN)) {
                throw malformed("the first line is not \"" + BEGIN + "\"");
            }
            String header = next();
            while (!header.isEmpty()) {
                if (!header.startsWith("Hash: ")) {
                    throw malformed("a header other than Hash stands before the text");
                }
                header = next();
            }
            StringBuilder text = new StringBuilder(all.length());
            StringBuilder signed = new StringBuilder(all.length());
            String line = next();
            while (!line.equals(SIGNATURE)) {
                String plain = plain(line);
                signed.append(text.isEmpty() ? "" : "\r\n").append(plain);
                text.append(plain).append('\n');
                line = next();
            }
            Image packets = armored();
            while (at < all.length()) {
                if (!next().isEmpty()) {
                    throw malformed("text after the signature");
                }
            }
            return new ClearSigned(
                    text.toString(),
                    Image.of(signed.toString().getBytes(StandardCharsets.ISO_8859_1)),
                    PgpSignature.readAll(packets, place.unpacked("armor")));
        }

        /// A line without its dash escape and the blanks at its end, which signatures do not cover.
        private String plain(String line) {
            if (!line.startsWith("-")) {
                return line;
            }
            if (!line.startsWith("- ")) {
                throw malformed("a line of the text begins with a dash and is not escaped");
            }
            return line.substring(2);
        }

        /// Spec: RFC 9580, "Forming ASCII Armor". The checksum is for damage: what is damaged does
        /// not verify.
        private Image armored() {
            String header = next();
            while (!header.isEmpty()) {
                header = next();
            }
            List<String> lines = new ArrayList<>();
            String line = next();
            while (!line.equals(END)) {
                lines.add(line);
                line = next();
            }
            if (!lines.isEmpty() && lines.getLast().startsWith("=")) {
                lines.removeLast();
            }
            try {
                return Image.of(Base64.getDecoder().decode(String.join("", lines)));
            } catch (IllegalArgumentException e) {
                throw malformed("the signature is not base64");
            }
        }

        /// The next line, without the blanks at its end.
        private String next() {
            start = at;
            if (at >= all.length()) {
                throw malformed("it ends before its signature does");
            }
            int end = all.indexOf('\n', at);
            end = end < 0 ? all.length() : end;
            at = end + 1;
            while (end > start && isBlank(all.charAt(end - 1))) {
                end--;
            }
            return all.substring(start, end);
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t' || c == '\r';
        }

        private MalformedImageException malformed(String problem) {
            return new MalformedImageException(
                    place, start, problem + " (RFC 9580, \"Cleartext Signature Framework\")");
        }
    }
}
