package igdrom.bench.debian;

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
import java.util.Set;
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

/// A key that is thrown away after the test, and what it signs.
public final class MadeKey {
    public static final long CREATED = 1_700_000_000;
    public static final long EXPIRES = 4_000_000_000L;

    private final PGPKeyPair pair;

    public MadeKey() {
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

    PGPPublicKey publicKey() {
        return pair.getPublicKey();
    }

    public Keyring keyring() {
        try {
            return Keyring.of(armored(), Set.of(fingerprint()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As gpg exports it.
    String armored() {
        PGPSignatureSubpacketGenerator said = new PGPSignatureSubpacketGenerator();
        said.setKeyExpirationTime(true, EXPIRES - CREATED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArmoredOutputStream out = new ArmoredOutputStream(bytes)) {
            new PGPKeyRingGenerator(
                            PGPSignature.POSITIVE_CERTIFICATION,
                            pair,
                            "a test",
                            new JcaPGPDigestCalculatorProviderBuilder()
                                    .build()
                                    .get(HashAlgorithmTags.SHA1),
                            said.generate(),
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
        return packet(
                text,
                HashAlgorithmTags.SHA256,
                PGPSignature.CANONICAL_TEXT_DOCUMENT,
                said ->
                        said.setSignatureCreationTime(
                                false, Date.from(Instant.ofEpochSecond(created))));
    }

    /// @param more what else the signature says of itself, or instead
    Image packet(String text, int hash, int type, Consumer<PGPSignatureSubpacketGenerator> more) {
        PGPSignatureSubpacketGenerator said = new PGPSignatureSubpacketGenerator();
        more.accept(said);
        if (!said.hasSubpacket(SignatureSubpacketTags.ISSUER_FINGERPRINT)) {
            said.setIssuerFingerprint(false, pair.getPublicKey());
        }
        try {
            PGPSignatureGenerator generator =
                    new PGPSignatureGenerator(signer(hash), pair.getPublicKey());
            generator.init(type, pair.getPrivateKey());
            generator.setHashedSubpackets(said.generate());
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
