package igdrom.bench.debian;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.IssuerFingerprint;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/// The keys that are trusted, and whether one of them signed something.
///
/// Debian's come with igdrom, so that it does not matter what this machine's distribution is, or
/// whether it has an OpenPGP program at all.
public final class Keyring {
    private static final int VERSION = 4;

    /// What a signature may say of itself and call critical, since it is looked at here.
    private static final Set<Integer> UNDERSTOOD =
            Set.of(
                    SignatureSubpacketTags.CREATION_TIME,
                    SignatureSubpacketTags.ISSUER_KEY_ID,
                    SignatureSubpacketTags.ISSUER_FINGERPRINT);

    private final Map<String, PGPPublicKey> keys;

    private Keyring(Map<String, PGPPublicKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /// Those of `archive-keys.asc` whose fingerprints `archive-keys.txt` lists.
    public static Keyring debian() {
        try {
            Map<String, String> owners = new HashMap<>();
            for (String line : resource("archive-keys.txt").split("\n", -1)) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    String[] words = line.split(" ", 2);
                    owners.put(words[0], words[1]);
                }
            }
            return of(resource("archive-keys.asc"), owners.keySet());
        } catch (IOException e) {
            throw new IllegalStateException("the keys of Debian's archive cannot be read", e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Keyring.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /// Of keys as gpg exports them, those with these fingerprints of 40 upper-case digits.
    static Keyring of(String armored, Set<String> fingerprints) throws IOException {
        Map<String, PGPPublicKey> keys = new HashMap<>();
        try (InputStream in =
                new ArmoredInputStream(
                        Image.of(armored.getBytes(StandardCharsets.US_ASCII)).stream())) {
            for (PGPPublicKeyRing ring :
                    new PGPPublicKeyRingCollection(in, new BcKeyFingerprintCalculator())) {
                for (PGPPublicKey key : ring) {
                    if (fingerprints.contains(hex(key.getFingerprint()))) {
                        keys.put(hex(key.getFingerprint()), key);
                    }
                }
            }
        } catch (PGPException e) {
            throw new IOException(e);
        }
        if (keys.size() != fingerprints.size()) {
            throw new IOException(keys.size() + " of " + fingerprints.size() + " keys are there");
        }
        return new Keyring(keys);
    }

    Iterable<PGPPublicKey> keys() {
        return keys.values();
    }

    /// The text in a signed message, when one of the keys signed it.
    ///
    /// @param what for complaints: where it comes from
    public String open(Image file, String what) throws UntrustedException {
        ClearSigned message = ClearSigned.read(file, Location.root(what));
        boolean known = false;
        for (PGPSignature signature : message.signatures()) {
            PGPPublicKey key = counts(signature) ? keys.get(signer(signature)) : null;
            if (key != null) {
                known = true;
                if (inTime(key, signature) && made(key, signature, message.signed())) {
                    return message.text();
                }
            }
        }
        throw new UntrustedException(
                what,
                known
                        ? "the signature is wrong: it was changed on its way"
                        : "not signed with a key of Debian's archive that igdrom knows");
    }

    /// Whether it is of the kind that vouches for something: over a text, with SHA-2, by a signer
    /// whose fingerprint is among what is signed. SHA-1 and what is older counts for nothing, nor
    /// does a signature with an end to its time, which Debian's have not.
    private static boolean counts(PGPSignature signature) {
        if (signature.getVersion() != VERSION
                || signature.getSignatureType() != PGPSignature.CANONICAL_TEXT_DOCUMENT) {
            return false;
        }
        PGPSignatureSubpacketVector said = signature.getHashedSubPackets();
        for (int tag : said.getCriticalTags()) {
            if (!UNDERSTOOD.contains(tag)) {
                return false;
            }
        }
        return said.getIssuerFingerprint() != null
                && said.hasSubpacket(SignatureSubpacketTags.CREATION_TIME)
                && !said.hasSubpacket(SignatureSubpacketTags.EXPIRE_TIME)
                && switch (signature.getHashAlgorithm()) {
                    case HashAlgorithmTags.SHA256,
                            HashAlgorithmTags.SHA384,
                            HashAlgorithmTags.SHA512 ->
                            true;
                    default -> false;
                };
    }

    private static String signer(PGPSignature signature) {
        IssuerFingerprint issuer = signature.getHashedSubPackets().getIssuerFingerprint();
        return issuer.getKeyVersion() == VERSION ? hex(issuer.getFingerprint()) : "";
    }

    private static boolean inTime(PGPPublicKey key, PGPSignature signature) {
        Instant created = key.getCreationTime().toInstant();
        Instant signed = signature.getCreationTime().toInstant();
        long valid = key.getValidSeconds();
        return !signed.isBefore(created)
                && (valid == 0 || signed.isBefore(created.plusSeconds(valid)));
    }

    private static boolean made(PGPPublicKey key, PGPSignature signature, Image text) {
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), key);
            signature.update(text.toByteArray());
            return signature.verify();
        } catch (PGPException | RuntimeException e) {
            // Made with another algorithm than the key's, or numbers that make no sense.
            return false;
        }
    }

    private static String hex(byte[] fingerprint) {
        return HexFormat.of().withUpperCase().formatHex(fingerprint);
    }
}
