package igdrom.bench.debian;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.HexFormat;

/// A key that is thrown away after the test, and what it signs.
public final class MadeKey {
    public static final long CREATED = 1_700_000_000;
    public static final long EXPIRES = 4_000_000_000L;

    private final KeyPair pair;

    public MadeKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public Keyring.Key key() {
        return new Keyring.Key(
                fingerprint(modulus(), CREATED), CREATED, EXPIRES, modulus(), "a test");
    }

    public Keyring keyring() {
        return new Keyring(java.util.List.of(key()));
    }

    private BigInteger modulus() {
        return ((RSAPublicKey) pair.getPublic()).getModulus();
    }

    /// Spec: RFC 9580, "Key IDs and Fingerprints".
    static String fingerprint(BigInteger modulus, long created) {
        Image number = Image.of(modulus.toByteArray());
        Image digits = number.u8(0) == 0 ? number.from(1) : number;
        Emitter body = new Emitter().u8(4);
        big(body, created, 4);
        body.u8(1);
        big(body, modulus.bitLength(), 2);
        body.image(digits);
        big(body, 17, 2);
        body.u8(1).u8(0).u8(1);
        Emitter whole = new Emitter().u8(0x99);
        big(whole, body.position(), 2);
        whole.image(body.toImage());
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(sha1.digest(whole.toImage().toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The text, whose lines end in a line end, with a signature under it.
    public String sign(String text) {
        return sign(text, CREATED + 1);
    }

    String sign(String text, long created) {
        return message(text, packet(text, created));
    }

    static String message(String text, Image packets) {
        StringBuilder escaped = new StringBuilder();
        for (String line : text.split("(?<=\n)", -1)) {
            escaped.append(line.startsWith("-") ? "- " : "").append(line);
        }
        return "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n"
                + escaped
                + "-----BEGIN PGP SIGNATURE-----\n\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(packets.toByteArray())
                + "\n-----END PGP SIGNATURE-----\n";
    }

    Image packet(String text, long created) {
        Emitter hashed = new Emitter().u8(22).u8(33).u8(4).image(Image.ofHex(key().fingerprint()));
        hashed.u8(5).u8(2);
        big(hashed, created, 4);
        return packet(text, hashed.toImage());
    }

    Image packet(String text, Image hashed) {
        Emitter covered = new Emitter().u8(4).u8(1).u8(1).u8(8);
        big(covered, hashed.size(), 2);
        covered.image(hashed);
        Emitter trailer = new Emitter().image(covered.toImage()).u8(4).u8(0xff);
        big(trailer, covered.position(), 4);
        String plain = text.substring(0, text.length() - 1);
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(pair.getPrivate());
            rsa.update(plain.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            rsa.update(trailer.toImage().toByteArray());
            Image value = Image.of(rsa.sign());
            Emitter body = new Emitter().image(covered.toImage()).u16(0).u16(0);
            // As a number with leading zeros, which readers take.
            big(body, value.size() * 8, 2);
            body.image(value);
            Emitter packet = new Emitter().u8(0x89);
            big(packet, body.position(), 2);
            return packet.image(body.toImage()).toImage();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void big(Emitter out, long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.u8((int) (value >> shift) & 0xff);
        }
    }
}
