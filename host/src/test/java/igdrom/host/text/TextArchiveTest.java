package igdrom.host.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextArchiveTest {
    private static final Image TEXT = Image.ofAscii("00:02.0 VGA".repeat(50));
    private static final Image DIRECTORY_ENTRY = Image.ofHex("504b0102");

    @TempDir Path directory;

    @Test
    void files_are_read_without_directories() throws IOException {
        Path zip = directory.resolve("a.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.setComment("a comment");
            out.putNextEntry(new ZipEntry("logs/"));
            out.putNextEntry(new ZipEntry("logs/lspci.txt"));
            out.write(TEXT.toByteArray());
            out.putNextEntry(new ZipEntry("empty"));
        }
        assertThat(TextFile.in(zip))
                .containsExactly(
                        TextFile.of("logs/lspci.txt", TEXT), TextFile.of("empty", Image.EMPTY));
    }

    @Test
    void names_that_lead_out_of_the_directory_are_refused() throws IOException {
        for (String name :
                List.of("../a", "/a", "a/../../b", "c:\\a", "a\\b", "a\nb", ".", "a//b", "")) {
            assertThat(TextArchive.isSafe(name)).as(name).isFalse();
        }
        refuses(archive("../\n", TEXT), "\"../?\" is not a plain relative path");
    }

    @Test
    void files_have_a_limit_together() throws IOException {
        Path zip = directory.resolve("bomb.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int i = 0; i <= TextFile.MAX_TOTAL / TextFile.MAX_SIZE; i++) {
                out.putNextEntry(new ZipEntry("zeros" + i));
                out.write(new byte[TextFile.MAX_SIZE]);
            }
        }
        assertThatThrownBy(() -> TextFile.in(zip))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("bomb.zip +0x0: all files have more than 0x4000000 bytes");
    }

    @Test
    void number_of_files_has_a_limit() throws IOException {
        Path zip = directory.resolve("many.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int i = 0; i <= TextFile.MAX_FILES; i++) {
                out.putNextEntry(new ZipEntry("file" + i));
            }
        }
        assertThatThrownBy(() -> TextFile.in(zip))
                .hasMessage("many.zip +0x0: has 1001 files, the maximum is 1000");
    }

    @Test
    void file_that_is_in_it_twice_is_refused() throws IOException {
        Path zip = directory.resolve("twice.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("aa"));
            out.putNextEntry(new ZipEntry("ab"));
        }
        Image twice = Image.load(zip);
        Emitter patched = new Emitter().image(twice);
        Image name = Image.ofAscii("ab");
        for (long at = twice.indexOf(name, 0); at >= 0; at = twice.indexOf(name, at + 1)) {
            patched.patch(at, Image.ofAscii("aa"));
        }
        refuses(patched.toImage(), "aa is in it twice");
    }

    @Test
    void changed_byte_of_a_file_is_noticed() throws IOException {
        Image archive = archive("a", TEXT);
        long crc = archive.indexOf(DIRECTORY_ENTRY, 0) + 16;
        refuses(
                new Emitter().image(archive).patch(crc, Image.ofHex("00000000")).toImage(),
                "CRC-32 of a is 0x");
    }

    @Test
    void every_truncation_and_every_changed_byte_is_read_or_refused() throws IOException {
        Image archive = archive("a.txt", TEXT);
        for (long at = 4; at < archive.size(); at++) {
            refuses(archive.slice(0, at), "");
            for (String value : List.of("00", "7f", "ff")) {
                Image changed =
                        new Emitter().image(archive).patch(at, Image.ofHex(value)).toImage();
                try {
                    assertThat(TextFile.in(saved(changed))).isNotNull();
                } catch (MalformedImageException e) {
                    assertThat(e).hasMessageStartingWith("a.zip +0x0: ");
                }
            }
        }
    }

    private Image archive(String name, Image contents) throws IOException {
        Path zip = directory.resolve("made.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(name));
            out.write(contents.toByteArray());
        }
        return Image.load(zip);
    }

    private Path saved(Image archive) throws IOException {
        return Files.write(directory.resolve("a.zip"), archive.toByteArray());
    }

    private void refuses(Image archive, String message) throws IOException {
        Path zip = saved(archive);
        assertThatThrownBy(() -> TextFile.in(zip))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageContaining(message);
    }
}
