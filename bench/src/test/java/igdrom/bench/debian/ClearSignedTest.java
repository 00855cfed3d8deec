package igdrom.bench.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
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
    private static final MadeKey KEY = new MadeKey();
    private static final Keyring KEYS = KEY.keyring();
    private static final Location PLACE = Location.root("InRelease");
    private static final String TEXT = "Origin: Debian\n\n- a dash\nSHA256:\n 00 1 file\n";

    @TempDir Path folder;

    @Test
    void text_is_what_was_signed() throws IOException {
        assertThat(open(KEY.sign(TEXT))).isEqualTo(TEXT);
        assertThat(ClearSigned.read(Image.ofAscii(KEY.sign(TEXT)), PLACE).signed().latin1())
                .isEqualTo(TEXT.substring(0, TEXT.length() - 1).replace("\n", "\r\n"));
    }

    @Test
    void line_ends_and_blanks_before_them_may_change_on_the_way() throws IOException {
        assertThat(open(KEY.sign(TEXT).replace("\n", "\r\n"))).isEqualTo(TEXT);
        assertThat(open(KEY.sign(TEXT).replace("Debian\n", "Debian \t\n"))).isEqualTo(TEXT);
    }

    @Test
    void changed_text_is_refused() {
        refuses(KEY.sign(TEXT).replace("00 1", "00 2"), "it was changed on its way");
    }

    @Test
    void key_that_is_not_known_is_refused() {
        refuses(new MadeKey().sign(TEXT), "not signed with a key of Debian's archive that");
    }

    @Test
    void text_without_signature_packets_is_refused() {
        refuses(MadeKey.message(TEXT, Image.EMPTY), "not signed with a key of Debian's archive");
    }

    @Test
    void signature_made_before_or_after_the_keys_time_is_refused() throws IOException {
        assertThat(open(KEY.sign(TEXT, MadeKey.EXPIRES - 1))).isEqualTo(TEXT);
        refuses(KEY.sign(TEXT, MadeKey.EXPIRES), "it was changed on its way");
        refuses(KEY.sign(TEXT, MadeKey.CREATED - 1), "it was changed on its way");
    }

    @Test
    void sha_2_counts_and_what_is_older_does_not() throws IOException {
        for (int hash :
                new int[] {
                    HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512
                }) {
            assertThat(open(signed(hash, TEXT_DOCUMENT, _ -> {}))).isEqualTo(TEXT);
        }
        counts_for_nothing(signed(HashAlgorithmTags.SHA1, TEXT_DOCUMENT, _ -> {}));
        counts_for_nothing(signed(HashAlgorithmTags.RIPEMD160, TEXT_DOCUMENT, _ -> {}));
    }

    @Test
    void signature_of_another_kind_counts_for_nothing() {
        counts_for_nothing(signed(HashAlgorithmTags.SHA256, PGPSignature.BINARY_DOCUMENT, _ -> {}));
        counts_for_nothing(
                signed(HashAlgorithmTags.SHA256, PGPSignature.POSITIVE_CERTIFICATION, _ -> {}));
    }

    @Test
    void signature_that_names_another_signer_counts_for_nothing() {
        counts_for_nothing(
                signed(
                        HashAlgorithmTags.SHA256,
                        TEXT_DOCUMENT,
                        said -> said.setIssuerFingerprint(false, new MadeKey().publicKey())));
    }

    @Test
    void signature_whose_time_ends_or_that_is_not_understood_counts_for_nothing() {
        counts_for_nothing(
                signed(
                        HashAlgorithmTags.SHA256,
                        TEXT_DOCUMENT,
                        said -> said.setSignatureExpirationTime(false, 1L << 31)));
        counts_for_nothing(
                signed(
                        HashAlgorithmTags.SHA256,
                        TEXT_DOCUMENT,
                        said -> said.addNotationData(true, true, "x@example.invalid", "y")));
        counts_for_nothing(
                signed(
                        HashAlgorithmTags.SHA256,
                        TEXT_DOCUMENT,
                        said ->
                                said.addCustomSubpacket(
                                        new SignatureSubpacket(100, true, false, new byte[1]) {})));
    }

    @Test
    void one_good_signature_among_others_will_do() throws IOException {
        Image packets =
                new Emitter()
                        .image(new MadeKey().packet(TEXT, MadeKey.CREATED + 1))
                        .image(Image.ofHex("c2020900"))
                        .image(KEY.packet(TEXT, MadeKey.CREATED + 1))
                        .toImage();
        assertThat(open(MadeKey.message(TEXT, packets))).isEqualTo(TEXT);
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
    void dash_that_is_not_escaped_is_refused() {
        malformed(KEY.sign(TEXT).replace("- - a dash", "-- a dash"), "invalid armor header");
        malformed(
                KEY.sign(TEXT).replace("- - a dash", "-evil"),
                "Prefixed dash without trailing space encountered. CSF-signed message malformed.");
    }

    /// To the library it would be another line, and the same signature good.
    @Test
    void carriage_return_in_the_place_of_a_line_end_is_refused() {
        malformed(
                KEY.sign(TEXT).replace("Origin: Debian\n\n", "Origin: Debian\r\n\r"),
                "a line has a CR inside");
    }

    @Test
    void message_that_ends_early_is_refused() {
        String signed = KEY.sign(TEXT);
        malformed(signed.substring(0, 100), "it ends before its signature does");
        malformed("", "the first line is not \"-----BEGIN PGP SIGNED MESSAGE-----\"");
        malformed(
                signed.substring(0, 60) + "\n-----END PGP SIGNATURE-----\n",
                "its signature does not begin as one");
    }

    @Test
    void bruised_messages_read_or_are_refused_and_none_is_trusted_with_another_text() {
        Bruises.all(
                Image.ofAscii(KEY.sign(TEXT)),
                bruised -> {
                    try {
                        assertThat(KEYS.open(bruised, "it")).isEqualTo(TEXT);
                    } catch (ArchiveException _) {
                        // It was changed.
                    }
                });
    }

    @Test
    void bruised_packets_read_or_are_refused() {
        Bruises.all(
                KEY.packet(TEXT, MadeKey.CREATED + 1),
                bytes -> {
                    try {
                        assertThat(KEYS.open(Image.ofAscii(MadeKey.message(TEXT, bytes)), "it"))
                                .isEqualTo(TEXT);
                    } catch (ArchiveException _) {
                        // It was changed.
                    }
                });
    }

    @Test
    void pinned_keys_are_what_debian_signs_with() throws Exception {
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
    void key_that_is_not_there_is_said() {
        assertThatThrownBy(() -> Keyring.of(KEY.armored(), Set.of(new MadeKey().fingerprint())))
                .isInstanceOf(IOException.class)
                .hasMessage("0 of 1 keys are there");
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
            Files.writeString(folder.resolve("text"), TEXT);
            gpg(home, "--clearsign", "--output", path("signed"), path("text"));
            Files.writeString(
                    folder.resolve("changed"),
                    Files.readString(folder.resolve("signed")).replace("00 1", "00 2"));
            String armored = gpg(home, "--armor", "--export", "t@example.invalid");
            String listing = gpg(home, "--with-colons", "--list-keys", "t@example.invalid");
            Keyring keyring = Keyring.of(armored, Set.of(fingerprint(listing)));
            assertThat(keyring.open(Image.load(folder.resolve("signed")), "it")).isEqualTo(TEXT);
            assertThatThrownBy(() -> keyring.open(Image.load(folder.resolve("changed")), "it"))
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
        String said =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("gpg " + List.of(arguments)).isZero();
        return said;
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static String signed(
            int hash, int type, Consumer<PGPSignatureSubpacketGenerator> more) {
        return MadeKey.message(TEXT, KEY.packet(TEXT, hash, type, more));
    }

    private static String open(String text) throws IOException {
        return KEYS.open(Image.ofAscii(text), "InRelease");
    }

    private static void counts_for_nothing(String text) {
        refuses(text, "not signed with a key of Debian's archive that igdrom knows");
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
