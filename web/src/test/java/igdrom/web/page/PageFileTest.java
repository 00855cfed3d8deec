package igdrom.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.compress.Codec;
import igdrom.formats.compress.Decompressed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageFileTest {
    private static final byte[] ENGINE = "not really".getBytes(StandardCharsets.US_ASCII);

    private final String page = PageFile.of(ENGINE, "1.2 <x>", "The licence & its text");

    @Test
    void the_policy_allows_the_script_and_the_style_by_their_hashes_and_no_connection()
            throws Exception {
        String policy = found("Content-Security-Policy\" content=\"([^\"]*)\"");
        assertThat(policy)
                .startsWith("default-src 'none';")
                .contains("form-action 'none'", "base-uri 'none'", "worker-src blob:")
                .contains(hash(found("<script>(.*?)</script>")))
                .contains(hash(found("<style>(.*?)</style>")))
                .doesNotContain("unsafe-inline", "connect-src", "http");
    }

    @Test
    void the_engine_is_inside_compressed() {
        byte[] packed = decoded(found("<script type=\"text/plain\"[^>]*>(.*?)</script>"));
        Decompressed engine =
                Codec.LZMA.decompress(Image.of(packed), Location.root("engine"), ENGINE.length);
        assertThat(engine.bytes().toByteArray()).isEqualTo(ENGINE);
    }

    @Test
    void the_same_input_gives_the_same_page() {
        assertThat(PageFile.of(ENGINE, "1.2 <x>", "The licence & its text")).isEqualTo(page);
    }

    @Test
    void version_and_licences_are_text() {
        assertThat(page)
                .contains("igdrom 1.2 &lt;x&gt;.", "The licence &amp; its text")
                .doesNotContain("%VERSION%", "%LICENCES%", "%SCRIPT%");
    }

    @Test
    void every_library_on_the_class_path_of_the_engine_has_its_licence_in_the_page() {
        for (String library : new String[] {"teavm-classlib", "jzlib", "dec", "xz"}) {
            Matcher jar =
                    Pattern.compile("/" + library + "-([0-9.]+)\\.jar")
                            .matcher(System.getProperty("java.class.path"));
            assertThat(jar.find()).as(library).isTrue();
            assertThat(page).as(library).contains(" " + jar.group(1) + " ");
        }
    }

    @Test
    void nothing_is_loaded_from_elsewhere() {
        assertThat(page).doesNotContain("src=", "@import", "url(", "<link");
    }

    @Test
    void any_bytes_can_be_decoded_again() {
        Random random = new Random(18);
        for (int size = 0; size < 500; size++) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            String text = Base91.encode(bytes);
            assertThat(decoded(text)).isEqualTo(bytes);
            assertThat(text).doesNotContain("<", "&", "\\").hasSizeLessThan(size * 5 / 4 + 8);
        }
        byte[] zeros = new byte[1000];
        assertThat(decoded(Base91.encode(zeros))).isEqualTo(zeros);
    }

    /// As the page does it.
    private static byte[] decoded(String text) {
        String[] parts = text.split(" ", 2);
        byte[] bytes = new byte[Integer.parseInt(parts[0])];
        int size = 0;
        int bits = 0;
        int count = 0;
        for (int at = 0; size < bytes.length; at += 2) {
            int value =
                    Base91.alphabet().indexOf(parts[1].charAt(at))
                            + Base91.alphabet().indexOf(parts[1].charAt(at + 1)) * 91;
            bits |= value << count;
            count += (value & 0x1fff) > 88 ? 13 : 14;
            for (; count > 7 && size < bytes.length; count -= 8) {
                bytes[size++] = (byte) bits;
                bits >>>= 8;
            }
        }
        return bytes;
    }

    private String found(String regex) {
        Matcher matcher = Pattern.compile(regex, Pattern.DOTALL).matcher(page);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String hash(String text) throws Exception {
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    }
}
