package igdrom.bench.debian;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;

/// A text with signatures under it. Nothing may stand before or after: what is read is what was
/// signed.
///
/// Spec: RFC 9580, "Cleartext Signature Framework".
///
/// @param text the lines that were signed, a line end after each
/// @param signed what the signatures are made over: the same with CR and LF between the lines
/// @param signatures those that could be read, by whomever
record ClearSigned(String text, Image signed, List<PGPSignature> signatures) {
    private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String END = "-----END PGP SIGNATURE-----";

    ClearSigned {
        signatures = List.copyOf(signatures);
    }

    static ClearSigned read(Image file, Location location) {
        try {
            return read(file);
        } catch (IOException | RuntimeException e) {
            // The library has many ways to say that it cannot read something.
            throw new MalformedImageException(
                    location,
                    0,
                    "not a signed text: "
                            + e.getMessage()
                            + " (RFC 9580, \"Cleartext Signature Framework\")");
        }
    }

    private static ClearSigned read(Image file) throws IOException {
        requireNothingAround(file.latin1());
        ArmoredInputStream in =
                ArmoredInputStream.builder()
                        .setValidateClearsignedMessageHeaders(true)
                        .setRejectPrefixedDashesInCSFMessages(true)
                        .build(file.stream());
        StringBuilder text = new StringBuilder((int) file.size());
        StringBuilder signed = new StringBuilder((int) file.size());
        for (String line : lines(in)) {
            signed.append(text.isEmpty() ? "" : "\r\n").append(line);
            text.append(line).append('\n');
        }
        List<PGPSignature> signatures = new ArrayList<>();
        Object packets = new BcPGPObjectFactory(in).nextObject();
        if (packets instanceof PGPSignatureList list) {
            list.forEach(signatures::add);
        }
        if (!SIGNATURE.equals(in.getArmorHeaderLine())) {
            throw new IOException("its signature does not begin as one");
        }
        return new ClearSigned(
                text.toString(),
                Image.of(signed.toString().getBytes(StandardCharsets.ISO_8859_1)),
                signatures);
    }

    private static void requireNothingAround(String all) throws IOException {
        if (!all.startsWith(BEGIN)) {
            throw new IOException("the first line is not \"" + BEGIN + "\"");
        }
        int end = all.indexOf('\n' + END);
        if (end < 0) {
            throw new IOException("it ends before its signature does");
        }
        if (!all.substring(end + 1 + END.length()).isBlank()) {
            throw new IOException("text after the signature");
        }
    }

    /// The lines without the blanks at their ends, which signatures do not cover. To the library a
    /// CR alone ends a line; here nothing may, so that both see the same lines.
    private static List<String> lines(ArmoredInputStream in) throws IOException {
        StringBuilder all = new StringBuilder();
        int c = in.read();
        while (in.isClearText()) {
            if (c < 0) {
                throw new IOException("it has no signature");
            }
            all.append((char) c);
            c = in.read();
        }
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < all.length()) {
            int found = all.indexOf("\n", start);
            int next = found < 0 ? all.length() : found;
            int end = next;
            while (end > start && isBlank(all.charAt(end - 1))) {
                end--;
            }
            String line = all.substring(start, end);
            if (line.indexOf('\r') >= 0) {
                throw new IOException("a line has a CR inside");
            }
            lines.add(line);
            start = next + 1;
        }
        return lines;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }
}
