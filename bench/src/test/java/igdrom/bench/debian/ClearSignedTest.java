package igdrom.bench.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import igdrom.testing.Bruises;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClearSignedTest {
    private static final MadeKey KEY = new MadeKey();
    private static final Place PLACE = Place.root("InRelease");
    private static final String TEXT = "Origin: Debian\n\n- a dash\nSHA256:\n 00 1 file\n";

    @TempDir Path folder;

    @Test
    void text_is_what_was_signed() throws IOException {
        ClearSigned message = read(KEY.sign(TEXT));
        assertThat(message.text()).isEqualTo(TEXT);
        assertThat(message.signed().latin1())
                .isEqualTo(TEXT.substring(0, TEXT.length() - 1).replace("\n", "\r\n"));
        assertThat(message.signatures()).hasSize(1);
        assertThat(KEY.keyring().verify(message, "it")).isEqualTo(KEY.key());
    }

    @Test
    void line_ends_and_blanks_before_them_may_change_on_the_way() throws IOException {
        String changed = KEY.sign(TEXT).replace("\n", " \t\r\n");
        assertThat(KEY.keyring().verify(read(changed), "it")).isEqualTo(KEY.key());
        assertThat(read(changed).text()).isEqualTo(TEXT);
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
    void signature_made_before_or_after_the_keys_time_is_refused() {
        refuses(KEY.sign(TEXT, MadeKey.EXPIRES), "it was changed on its way");
        refuses(KEY.sign(TEXT, MadeKey.CREATED - 1), "it was changed on its way");
    }

    @Test
    void signature_with_a_critical_subpacket_that_is_not_known_counts_for_nothing() {
        Image critical =
                new Emitter()
                        .u8(22)
                        .u8(33)
                        .u8(4)
                        .image(Image.ofHex(KEY.key().fingerprint()))
                        .u8(5)
                        .u8(2)
                        .u32(0x7f0ff16)
                        .u8(2)
                        .u8(0x80 | 100)
                        .u8(0)
                        .toImage();
        refuses(
                MadeKey.message(TEXT, KEY.packet(TEXT, critical)),
                "not signed with a key of Debian's archive");
    }

    @Test
    void one_good_signature_among_others_will_do() throws IOException {
        Image both =
                new Emitter()
                        .image(new MadeKey().packet(TEXT, MadeKey.CREATED + 1))
                        .image(KEY.packet(TEXT, MadeKey.CREATED + 1))
                        .toImage();
        assertThat(KEY.keyring().verify(read(MadeKey.message(TEXT, both)), "it"))
                .isEqualTo(KEY.key());
    }

    @Test
    void text_around_the_message_is_refused() {
        malformed(
                "Origin: Evil\n" + KEY.sign(TEXT),
                "InRelease +0x0: the first line is not \"-----BEGIN PGP SIGNED MESSAGE-----\""
                        + " (RFC 9580, \"Cleartext Signature Framework\")");
        String signed = KEY.sign(TEXT);
        malformed(
                signed + "\nOrigin: Evil\n",
                "InRelease +0x"
                        + Integer.toHexString(signed.length() + 1)
                        + ": text after the signature (RFC 9580, \"Cleartext Signature"
                        + " Framework\")");
        malformed(
                signed.replace("Hash: SHA256\n", "Hash: SHA256\nOrigin: Evil\n"),
                "InRelease +0x30: a header other than Hash stands before the text"
                        + " (RFC 9580, \"Cleartext Signature Framework\")");
    }

    @Test
    void dash_that_is_not_escaped_is_refused() {
        malformed(
                KEY.sign(TEXT).replace("- - a dash", "-- a dash"),
                "InRelease +0x41: a line of the text begins with a dash and is not escaped"
                        + " (RFC 9580, \"Cleartext Signature Framework\")");
    }

    @Test
    void bruised_messages_read_or_are_refused_and_none_is_trusted_with_another_text() {
        Bruises.all(
                Image.ofAscii(KEY.sign(TEXT)),
                bruised -> {
                    ClearSigned message = ClearSigned.read(bruised, PLACE);
                    try {
                        KEY.keyring().verify(message, "it");
                    } catch (ArchiveException _) {
                        return;
                    }
                    assertThat(message.text()).isEqualTo(TEXT);
                });
    }

    @Test
    void bruised_packets_read_or_are_refused() {
        Bruises.all(
                KEY.packet(TEXT, MadeKey.CREATED + 1), bytes -> PgpSignature.readAll(bytes, PLACE));
    }

    @Test
    void pinned_keys_have_their_fingerprints() {
        List<Keyring.Key> keys = Keyring.debian().keys();
        assertThat(keys).hasSize(2);
        for (Keyring.Key key : keys) {
            assertThat(MadeKey.fingerprint(key.modulus(), key.created()))
                    .isEqualTo(key.fingerprint());
        }
    }

    @Test
    void short_keys_are_refused() {
        assertThatThrownBy(() -> new Keyring.Key("", 0, 0, BigInteger.ONE.shiftLeft(1023), ""))
                .hasMessage("an RSA key of 1024 bits");
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
            String listing =
                    gpg(
                            home,
                            "--with-colons",
                            "--with-key-data",
                            "--list-keys",
                            "t@example.invalid");
            Keyring keyring = new Keyring(List.of(key(listing)));
            assertThat(
                            keyring.verify(read(Files.readString(folder.resolve("signed"))), "it")
                                    .owner())
                    .isEqualTo("gpg");
            assertThatThrownBy(() ->
                            keyring.verify(read(Files.readString(folder.resolve("changed"))), "it"))
                    .isInstanceOf(UntrustedException.class);
        } finally {
            new ProcessBuilder("gpgconf", "--homedir", home.toString(), "--kill", "all")
                    .start()
                    .waitFor();
            new ProcessBuilder("rm", "-rf", home.toString()).start().waitFor();
        }
    }

    private static Keyring.Key key(String listing) {
        String fingerprint = "";
        String modulus = "";
        long created = 0;
        for (String line : listing.lines().toList()) {
            String[] words = line.split(":", -1);
            switch (words[0]) {
                case "pub" -> created = Long.parseLong(words[5]);
                case "fpr" -> fingerprint = words[9];
                case "pkd" -> modulus = words[1].equals("0") ? words[3] : modulus;
                default -> {}
            }
        }
        return new Keyring.Key(
                fingerprint, created, MadeKey.EXPIRES, new BigInteger(modulus, 16), "gpg");
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

    private static ClearSigned read(String text) {
        return ClearSigned.read(Image.ofAscii(text), PLACE);
    }

    private static void refuses(String text, String problem) {
        assertThatThrownBy(() -> KEY.keyring().verify(read(text), "InRelease"))
                .isInstanceOf(UntrustedException.class)
                .hasMessageStartingWith("InRelease: ")
                .hasMessageContaining(problem);
    }

    private static void malformed(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(message);
    }
}
