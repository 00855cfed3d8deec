package igdrom.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.fetch.testing.TestKey;
import igdrom.testing.Bruises;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClearSignedTest {
    private static final int TEXT_DOCUMENT = PGPSignature.CANONICAL_TEXT_DOCUMENT;
    private static final TestKey KEY = new TestKey();
    private static final Keyring KEYS = TestFetchers.keyring(KEY);
    private static final Location LOCATION = Location.root("InRelease");
    private static final String TEXT = "Origin: Debian\n\n- a dash\nSHA256:\n 00 1 file\n";

    @TempDir Path directory;

    @Test
    void text_is_the_signed_text() throws IOException {
        assertThat(open(KEY.sign(TEXT))).isEqualTo(TEXT);
        assertThat(ClearSigned.read(Image.ofAscii(KEY.sign(TEXT)), LOCATION).signed().latin1())
                .isEqualTo(TEXT.substring(0, TEXT.length() - 1).replace("\n", "\r\n"));
    }

    @Test
    void line_ends_and_trailing_blanks_may_change() throws IOException {
        assertThat(open(KEY.sign(TEXT).replace("\n", "\r\n"))).isEqualTo(TEXT);
        assertThat(open(KEY.sign(TEXT).replace("Debian\n", "Debian \t\n"))).isEqualTo(TEXT);
    }

    @Test
    void changed_text_is_refused() {
        refuses(KEY.sign(TEXT).replace("00 1", "00 2"), "the file was changed after signing");
    }

    @Test
    void unknown_key_is_refused() {
        refuses(new TestKey().sign(TEXT), "not signed with a known key of Debian's archive");
    }

    @Test
    void text_without_signature_packets_is_refused() {
        refuses(
                TestKey.message(TEXT, Image.EMPTY),
                "not signed with a known key of Debian's archive");
    }

    @Test
    void signature_outside_the_validity_of_the_key_is_refused() throws IOException {
        assertThat(open(KEY.sign(TEXT, TestKey.EXPIRES - 1))).isEqualTo(TEXT);
        refuses(KEY.sign(TEXT, TestKey.EXPIRES), "the file was changed after signing");
        refuses(KEY.sign(TEXT, TestKey.CREATED - 1), "the file was changed after signing");
    }

    @Test
    void sha_2_is_accepted_and_older_hashes_are_ignored() throws IOException {
        for (int hash :
                new int[] {
                    HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512
                }) {
            assertThat(open(signed(hash, TEXT_DOCUMENT, _ -> {}))).isEqualTo(TEXT);
        }
        isIgnored(signed(HashAlgorithmTags.SHA1, TEXT_DOCUMENT, _ -> {}));
        isIgnored(signed(HashAlgorithmTags.RIPEMD160, TEXT_DOCUMENT, _ -> {}));
    }

    @Test
    void signature_of_another_type_is_ignored() {
        isIgnored(signed(HashAlgorithmTags.SHA256, PGPSignature.BINARY_DOCUMENT, _ -> {}));
        isIgnored(signed(HashAlgorithmTags.SHA256, PGPSignature.POSITIVE_CERTIFICATION, _ -> {}));
    }

    @Test
    void signature_that_names_another_signer_is_ignored() {
        isIgnored(
                signed(
                        HashAlgorithmTags.SHA256,
                        TEXT_DOCUMENT,
                        subpackets ->
                                subpackets.setIssuerFingerprint(false, new TestKey().publicKey())));
    }

    @Test
    void signature_that_expires_or_has_an_unknown_critical_subpacket_is_ignored() {
        isIgnored(
                signed(
                        HashAlgorithmTags.SHA256,
                        TEXT_DOCUMENT,
                        subpackets -> subpackets.setSignatureExpirationTime(false, 1L << 31)));
        isIgnored(
                signed(
                        HashAlgorithmTags.SHA256,
                        TEXT_DOCUMENT,
                        subpackets ->
                                subpackets.addNotationData(true, true, "x@example.invalid", "y")));
        isIgnored(
                signed(
                        HashAlgorithmTags.SHA256,
                        TEXT_DOCUMENT,
                        subpackets ->
                                subpackets.addCustomSubpacket(
                                        new SignatureSubpacket(100, true, false, new byte[1]) {})));
    }

    @Test
    void one_valid_signature_among_others_is_enough() throws IOException {
        Image packets =
                new Emitter()
                        .image(new TestKey().packet(TEXT, TestKey.CREATED + 1))
                        .image(Image.ofHex("c2020900"))
                        .image(KEY.packet(TEXT, TestKey.CREATED + 1))
                        .toImage();
        assertThat(open(TestKey.message(TEXT, packets))).isEqualTo(TEXT);
    }

    @Test
    void text_around_the_message_is_refused() {
        malformed(
                "Origin: Evil\n" + KEY.sign(TEXT),
                "the first line is not \"-----BEGIN PGP SIGNED MESSAGE-----\"");
        malformed(KEY.sign(TEXT) + "\nOrigin: Evil\n", "text after the signature");
        malformed(KEY.sign(TEXT) + KEY.sign(TEXT), "text after the signature");
        malformed(
                KEY.sign(TEXT).replace("Hash: SHA256\n", "Hash: SHA256\nOrigin: Evil\n"),
                "Illegal ASCII armor header line in clearsigned message encountered: Origin: Evil");
    }

    @Test
    void unescaped_dash_is_refused() {
        malformed(KEY.sign(TEXT).replace("- - a dash", "-- a dash"), "invalid armor header");
        malformed(
                KEY.sign(TEXT).replace("- - a dash", "-evil"),
                "Prefixed dash without trailing space encountered. CSF-signed message malformed.");
    }

    /// The library takes a lone CR for a line end, and would accept the signature.
    @Test
    void lone_carriage_return_is_refused() {
        malformed(
                KEY.sign(TEXT).replace("Origin: Debian\n\n", "Origin: Debian\r\n\r"),
                "a line contains a CR");
    }

    @Test
    void truncated_message_is_refused() {
        String signed = KEY.sign(TEXT);
        malformed(signed.substring(0, 100), "truncated before \"-----END PGP SIGNATURE-----\"");
        malformed("", "the first line is not \"-----BEGIN PGP SIGNED MESSAGE-----\"");
        malformed(
                signed.substring(0, 60) + "\n-----END PGP SIGNATURE-----\n",
                "the signature is not preceded by -----BEGIN PGP SIGNATURE-----");
    }

    @Test
    void bruised_messages_read_or_are_refused_and_no_other_text_is_trusted() {
        Bruises.all(
                Image.ofAscii(KEY.sign(TEXT)),
                bruised -> {
                    try {
                        assertThat(KEYS.open(bruised, "it")).isEqualTo(TEXT);
                    } catch (ArchiveException _) {
                        // Refused.
                    }
                });
    }

    @Test
    void bruised_packets_read_or_are_refused() {
        Bruises.all(
                KEY.packet(TEXT, TestKey.CREATED + 1),
                bytes -> {
                    try {
                        assertThat(KEYS.open(Image.ofAscii(TestKey.message(TEXT, bytes)), "it"))
                                .isEqualTo(TEXT);
                    } catch (ArchiveException _) {
                        // Refused.
                    }
                });
    }

    @Test
    void pinned_keys_are_the_signing_keys_of_debian() throws Exception {
        List<PGPPublicKey> keys = new ArrayList<>();
        Keyring.debian().keys().forEach(keys::add);
        assertThat(keys).hasSize(2);
        for (PGPPublicKey key : keys) {
            assertThat(key.getBitStrength()).isEqualTo(4096);
            assertThat(key.isMasterKey()).isFalse();
            assertThat(key.hasRevocation()).isFalse();
            assertThat(key.getValidSeconds()).isPositive();
        }
    }

    @Test
    void missing_key_is_reported() {
        assertThatThrownBy(() -> Keyring.of(KEY.armored(), Set.of(new TestKey().fingerprint())))
                .isInstanceOf(IOException.class)
                .hasMessage("0 keys found, expected 1");
    }

    @Test
    void gpg_agrees() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/gpg"))).isTrue();
        Path home = Files.createTempDirectory("igdrom-gpg");
        try {
            gpg(
                    home,
                    "--passphrase",
                    "",
                    "--quick-gen-key",
                    "t@example.invalid",
                    "rsa2048",
                    "sign");
            Files.writeString(directory.resolve("text"), TEXT);
            gpg(home, "--clearsign", "--output", path("signed"), path("text"));
            Files.writeString(
                    directory.resolve("changed"),
                    Files.readString(directory.resolve("signed")).replace("00 1", "00 2"));
            String armored = gpg(home, "--armor", "--export", "t@example.invalid");
            String listing = gpg(home, "--with-colons", "--list-keys", "t@example.invalid");
            Keyring keyring = Keyring.of(armored, Set.of(fingerprint(listing)));
            assertThat(keyring.open(Image.load(directory.resolve("signed")), "it")).isEqualTo(TEXT);
            assertThatThrownBy(() -> keyring.open(Image.load(directory.resolve("changed")), "it"))
                    .isInstanceOf(UntrustedException.class);
        } finally {
            new ProcessBuilder("gpgconf", "--homedir", home.toString(), "--kill", "all")
                    .start()
                    .waitFor();
            new ProcessBuilder("rm", "-rf", home.toString()).start().waitFor();
        }
    }

    private static String fingerprint(String listing) {
        for (String line : listing.lines().toList()) {
            if (line.startsWith("fpr:")) {
                return line.split(":", -1)[9];
            }
        }
        throw new AssertionError(listing);
    }

    private String gpg(Path home, String... arguments) throws Exception {
        List<String> command =
                new java.util.ArrayList<>(
                        List.of("gpg", "--homedir", home.toString(), "--batch", "--no-tty"));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("gpg " + List.of(arguments)).isZero();
        return output;
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private static String signed(
            int hash, int type, Consumer<PGPSignatureSubpacketGenerator> more) {
        return TestKey.message(TEXT, KEY.packet(TEXT, hash, type, more));
    }

    private static String open(String text) throws IOException {
        return KEYS.open(Image.ofAscii(text), "InRelease");
    }

    private static void isIgnored(String text) {
        refuses(text, "not signed with a known key of Debian's archive");
    }

    private static void refuses(String text, String problem) {
        assertThatThrownBy(() -> open(text))
                .isInstanceOf(UntrustedException.class)
                .hasMessageStartingWith("InRelease: ")
                .hasMessageContaining(problem);
    }

    private static void malformed(String text, String problem) {
        assertThatThrownBy(() -> open(text))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        "InRelease +0x0: not a signed text: "
                                + problem
                                + " (RFC 9580, \"Cleartext Signature Framework\")");
    }
}
