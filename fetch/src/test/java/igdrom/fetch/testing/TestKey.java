package igdrom.fetch.testing;

import igdrom.bytes.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPDigestCalculatorProviderBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyPair;

/// A signing key for one test run.
public final class TestKey {
    public static final long CREATED = 1_700_000_000;
    public static final long EXPIRES = 4_000_000_000L;

    private final PGPKeyPair pair;

    public TestKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            pair =
                    new JcaPGPKeyPair(
                            PublicKeyPacket.VERSION_4,
                            PublicKeyAlgorithmTags.RSA_GENERAL,
                            generator.generateKeyPair(),
                            Date.from(Instant.ofEpochSecond(CREATED)));
        } catch (GeneralSecurityException | PGPException e) {
            throw new IllegalStateException(e);
        }
    }

    public String fingerprint() {
        return HexFormat.of().withUpperCase().formatHex(pair.getPublicKey().getFingerprint());
    }

    public PGPPublicKey publicKey() {
        return pair.getPublicKey();
    }

    /// The public key in the format of a gpg export.
    public String armored() {
        PGPSignatureSubpacketGenerator subpackets = new PGPSignatureSubpacketGenerator();
        subpackets.setKeyExpirationTime(true, EXPIRES - CREATED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArmoredOutputStream out = new ArmoredOutputStream(bytes)) {
            new PGPKeyRingGenerator(
                            PGPSignature.POSITIVE_CERTIFICATION,
                            pair,
                            "a test",
                            new JcaPGPDigestCalculatorProviderBuilder()
                                    .build()
                                    .get(HashAlgorithmTags.SHA1),
                            subpackets.generate(),
                            null,
                            signer(HashAlgorithmTags.SHA256),
                            null)
                    .generatePublicKeyRing()
                    .encode(out);
        } catch (IOException | PGPException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    /// A signed message.
    ///
    /// @param text lines that each end with LF
    public String sign(String text) {
        return sign(text, CREATED + 1);
    }

    public String sign(String text, long created) {
        return message(text, packet(text, created));
    }

    public static String message(String text, Image packets) {
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

    public Image packet(String text, long created) {
        return packet(
                text,
                HashAlgorithmTags.SHA256,
                PGPSignature.CANONICAL_TEXT_DOCUMENT,
                subpackets ->
                        subpackets.setSignatureCreationTime(
                                false, Date.from(Instant.ofEpochSecond(created))));
    }

    /// A signature packet over `text`.
    ///
    /// @param more adds or replaces subpackets
    public Image packet(
            String text, int hash, int type, Consumer<PGPSignatureSubpacketGenerator> more) {
        PGPSignatureSubpacketGenerator subpackets = new PGPSignatureSubpacketGenerator();
        more.accept(subpackets);
        if (!subpackets.hasSubpacket(SignatureSubpacketTags.ISSUER_FINGERPRINT)) {
            subpackets.setIssuerFingerprint(false, pair.getPublicKey());
        }
        try {
            PGPSignatureGenerator generator =
                    new PGPSignatureGenerator(signer(hash), pair.getPublicKey());
            generator.init(type, pair.getPrivateKey());
            generator.setHashedSubpackets(subpackets.generate());
            String plain = text.substring(0, text.length() - 1).replace("\n", "\r\n");
            generator.update(plain.getBytes(StandardCharsets.ISO_8859_1));
            return Image.of(generator.generate().getEncoded());
        } catch (PGPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BcPGPContentSignerBuilder signer(int hash) {
        return new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.RSA_GENERAL, hash);
    }
}
