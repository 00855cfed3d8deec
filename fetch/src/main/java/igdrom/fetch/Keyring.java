package igdrom.fetch;

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

/// Trusted keys, and the verification of texts signed with one of them.
///
/// Debian's keys come with igdrom, so the machine needs neither Debian's keyring package nor an
/// OpenPGP program.
final class Keyring {
    private static final int VERSION = 4;

    /// The subpackets that may be marked critical, since they are evaluated here.
    private static final Set<Integer> UNDERSTOOD =
            Set.of(
                    SignatureSubpacketTags.CREATION_TIME,
                    SignatureSubpacketTags.ISSUER_KEY_ID,
                    SignatureSubpacketTags.ISSUER_FINGERPRINT);

    private final Map<String, PGPPublicKey> keys;

    private Keyring(Map<String, PGPPublicKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /// The keys in `archive-keys.asc` whose fingerprints are listed in `archive-keys.txt`.
    static Keyring debian() {
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

    /// Reads the keys with the given fingerprints out of an armored export of gpg.
    ///
    /// @param fingerprints 40 upper-case hexadecimal digits each
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
            throw new IOException(keys.size() + " keys found, expected " + fingerprints.size());
        }
        return new Keyring(keys);
    }

    Iterable<PGPPublicKey> keys() {
        return keys.values();
    }

    /// Returns the text of a message signed with one of the keys.
    ///
    /// @param location for messages
    /// @throws UntrustedException when no signature is valid
    String open(Image file, String location) throws UntrustedException {
        ClearSigned message = ClearSigned.read(file, Location.root(location));
        boolean keyFound = false;
        for (PGPSignature signature : message.signatures()) {
            PGPPublicKey key = isAcceptable(signature) ? keys.get(signer(signature)) : null;
            if (key != null) {
                keyFound = true;
                if (wasValid(key, signature) && verifies(key, signature, message.signed())) {
                    return message.text();
                }
            }
        }
        throw new UntrustedException(
                location,
                keyFound
                        ? "the signature does not match: the file was changed after signing"
                        : "not signed with a known key of Debian's archive");
    }

    /// Whether a signature is acceptable: over a text, with SHA-2, with a fingerprint of the signer
    /// that is itself signed. SHA-1 and older hashes are refused, and so is a signature that
    /// expires, which Debian's do not.
    private static boolean isAcceptable(PGPSignature signature) {
        if (signature.getVersion() != VERSION
                || signature.getSignatureType() != PGPSignature.CANONICAL_TEXT_DOCUMENT) {
            return false;
        }
        PGPSignatureSubpacketVector subpackets = signature.getHashedSubPackets();
        for (int tag : subpackets.getCriticalTags()) {
            if (!UNDERSTOOD.contains(tag)) {
                return false;
            }
        }
        return subpackets.getIssuerFingerprint() != null
                && subpackets.hasSubpacket(SignatureSubpacketTags.CREATION_TIME)
                && !subpackets.hasSubpacket(SignatureSubpacketTags.EXPIRE_TIME)
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

    private static boolean wasValid(PGPPublicKey key, PGPSignature signature) {
        Instant created = key.getCreationTime().toInstant();
        Instant signed = signature.getCreationTime().toInstant();
        long valid = key.getValidSeconds();
        return !signed.isBefore(created)
                && (valid == 0 || signed.isBefore(created.plusSeconds(valid)));
    }

    private static boolean verifies(PGPPublicKey key, PGPSignature signature, Image text) {
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), key);
            signature.update(text.toByteArray());
            return signature.verify();
        } catch (PGPException | RuntimeException e) {
            // The algorithm differs from that of the key, or the numbers are invalid.
            return false;
        }
    }

    private static String hex(byte[] fingerprint) {
        return HexFormat.of().withUpperCase().formatHex(fingerprint);
    }
}
