package igdrom.fetch;

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

/// A text followed by its signatures. Anything before or after is refused, so that the text read is
/// exactly the text that was signed.
///
/// Spec: RFC 9580, "Cleartext Signature Framework".
///
/// @param text the signed lines, each followed by LF
/// @param signed the bytes that the signatures cover: the same lines, separated by CR LF
/// @param signatures all that could be read, not yet verified
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
            // The library reports unreadable input with many exception types.
            throw new MalformedImageException(
                    location,
                    0,
                    "not a signed text: "
                            + e.getMessage()
                            + " (RFC 9580, \"Cleartext Signature Framework\")");
        }
    }

    private static ClearSigned read(Image file) throws IOException {
        checkBounds(file.latin1());
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
            throw new IOException("the signature is not preceded by " + SIGNATURE);
        }
        return new ClearSigned(
                text.toString(),
                Image.of(signed.toString().getBytes(StandardCharsets.ISO_8859_1)),
                signatures);
    }

    private static void checkBounds(String text) throws IOException {
        if (!text.startsWith(BEGIN)) {
            throw new IOException("the first line is not \"" + BEGIN + "\"");
        }
        int end = text.indexOf('\n' + END);
        if (end < 0) {
            throw new IOException("truncated before \"" + END + "\"");
        }
        if (!text.substring(end + 1 + END.length()).isBlank()) {
            throw new IOException("text after the signature");
        }
    }

    /// The lines without trailing blanks, which signatures do not cover. The library takes a lone
    /// CR for a line end; refusing it makes sure that both see the same lines.
    private static List<String> lines(ArmoredInputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        int c = in.read();
        while (in.isClearText()) {
            if (c < 0) {
                throw new IOException("no signature");
            }
            text.append((char) c);
            c = in.read();
        }
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int found = text.indexOf("\n", start);
            int next = found < 0 ? text.length() : found;
            int end = next;
            while (end > start && isBlank(text.charAt(end - 1))) {
                end--;
            }
            String line = text.substring(start, end);
            if (line.indexOf('\r') >= 0) {
                throw new IOException("a line contains a CR");
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
