package igdrom.bench.debian;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The keys that are trusted, and whether one of them signed something.
///
/// Debian's are pinned in `archive-keys.txt`, so that it does not matter what this machine's
/// distribution is, or whether it has an OpenPGP program at all.
public record Keyring(List<Key> keys) {
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
    private static final int FEWEST_BITS = 2048;

    public Keyring {
        keys = List.copyOf(keys);
    }

    /// One key: RSA, whose exponent is 65537.
    ///
    /// @param fingerprint 40 upper-case digits
    /// @param created in seconds since 1970, as `expires`
    /// @param modulus of 2048 bits or more
    public record Key(
            String fingerprint, long created, long expires, BigInteger modulus, String owner) {
        public Key {
            if (modulus.bitLength() < FEWEST_BITS) {
                throw new IllegalArgumentException(
                        "an RSA key of " + modulus.bitLength() + " bits");
            }
        }
    }

    public static Keyring debian() {
        try (InputStream in =
                Objects.requireNonNull(Keyring.class.getResourceAsStream("archive-keys.txt"))) {
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("archive-keys.txt cannot be read", e);
        }
    }

    static Keyring of(String lines) {
        List<Key> keys = new ArrayList<>();
        for (String line : lines.split("\n", -1)) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                String[] words = line.split(" ", 5);
                keys.add(
                        new Key(
                                words[0],
                                Long.parseLong(words[1]),
                                Long.parseLong(words[2]),
                                new BigInteger(words[3], 16),
                                words[4]));
            }
        }
        return new Keyring(keys);
    }

    /// The key that signed the message.
    ///
    /// @param what for the complaint: what is to be trusted
    public Key verify(ClearSigned message, String what) throws UntrustedException {
        boolean known = false;
        for (PgpSignature signature : message.signatures()) {
            for (Key key : keys) {
                if (key.fingerprint().equals(signature.signer())) {
                    known = true;
                    if (inTime(key, signature) && made(key, signature, message.signed())) {
                        return key;
                    }
                }
            }
        }
        throw new UntrustedException(
                what,
                known
                        ? "the signature is wrong: it was changed on its way"
                        : "not signed with a key of Debian's archive that igdrom knows");
    }

    private static boolean inTime(Key key, PgpSignature signature) {
        return signature.created() >= key.created() && signature.created() < key.expires();
    }

    private static boolean made(Key key, PgpSignature signature, Image text) {
        int size = (key.modulus().bitLength() + 7) / 8;
        if (signature.value().size() > size) {
            return false;
        }
        Image value =
                new Emitter()
                        .fill(0, size - signature.value().size())
                        .image(signature.value())
                        .toImage();
        try {
            Signature rsa = Signature.getInstance(signature.hash() + "withRSA");
            rsa.initVerify(
                    (RSAPublicKey)
                            KeyFactory.getInstance("RSA")
                                    .generatePublic(new RSAPublicKeySpec(key.modulus(), EXPONENT)));
            rsa.update(text.toByteArray());
            rsa.update(signature.trailer().toByteArray());
            return rsa.verify(value.toByteArray());
        } catch (GeneralSecurityException e) {
            // Every Java has RSA and SHA-2: what fails here is the signature.
            return false;
        }
    }
}
