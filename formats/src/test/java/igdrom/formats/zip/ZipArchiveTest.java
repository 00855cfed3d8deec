package igdrom.formats.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.zip.ZipArchive.ZipEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ZipArchiveTest {
    private static final Location WHERE = Location.root("a.zip");
    private static final long LIMIT = 1 << 20;
    private static final ZipArchive TWO =
            new ZipArchive(
                    List.of(
                            new ZipEntry("a.json", Image.ofAscii("{\"a\": 1}".repeat(50))),
                            new ZipEntry("texts/é.txt", Image.EMPTY)));

    @Test
    void files_are_read_as_they_were_written() {
        Image archive = written(TWO);
        assertThat(ZipArchive.isAt(archive)).isTrue();
        assertThat(ZipArchive.read(archive, WHERE, LIMIT)).isEqualTo(TWO);
        assertThat(written(TWO)).isEqualTo(archive);
        assertThat(archive.size()).isLessThan(300);
    }

    @Test
    void other_programs_read_what_is_written() throws IOException {
        try (ZipInputStream in = new ZipInputStream(written(TWO).stream())) {
            for (ZipEntry file : TWO.files()) {
                assertThat(in.getNextEntry().getName()).isEqualTo(file.name());
                assertThat(Image.of(in.readAllBytes())).isEqualTo(file.contents());
            }
            assertThat(in.getNextEntry()).isNull();
        }
    }

    @Test
    void archives_of_other_programs_are_read() throws IOException {
        byte[] stored = "dmesg".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setComment("a comment");
            zip.putNextEntry(new java.util.zip.ZipEntry("logs/"));
            java.util.zip.ZipEntry entry = new java.util.zip.ZipEntry("logs/dmesg.txt");
            entry.setMethod(java.util.zip.ZipEntry.STORED);
            entry.setSize(stored.length);
            CRC32 crc = new CRC32();
            crc.update(stored);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(stored);
            zip.putNextEntry(new java.util.zip.ZipEntry("lspci.txt"));
            zip.write(stored);
        }
        assertThat(ZipArchive.read(Image.of(out.toByteArray()), WHERE, LIMIT).files())
                .containsExactly(
                        new ZipEntry("logs/dmesg.txt", Image.of(stored)),
                        new ZipEntry("lspci.txt", Image.of(stored)));
    }

    @Test
    void names_that_lead_out_of_the_directory_are_refused() {
        for (String name :
                List.of("../a", "/a", "a/../../b", "c:\\a", "a\\b", "a\nb", ".", "a//b", "")) {
            assertThat(EntryName.isSafe(name)).as(name).isFalse();
        }
        refuses(
                patched(written(TWO), "a.json", "../abc"),
                "\"../abc\" is not a plain relative path");
    }

    @Test
    void size_beyond_the_limit_is_refused_before_anything_is_decompressed() {
        assertThatThrownBy(() -> ZipArchive.read(written(TWO), WHERE, 399))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageEndingWith(
                        "size of a.json is 0x190, the files may have 0x18f more bytes");
    }

    @Test
    void file_that_is_larger_than_its_size_is_refused() {
        Image archive = written(TWO);
        long size = archive.indexOf(Image.ofHex("504b0102"), 0) + 24;
        refuses(
                new Emitter().image(archive).patch(size, Image.ofHex("8f010000")).toImage(),
                "a.json@0x0");
    }

    @Test
    void changed_byte_of_a_file_is_noticed() {
        Image archive = written(new ZipArchive(List.of(new ZipEntry("a", Image.ofAscii("text")))));
        long crc = archive.indexOf(Image.ofHex("504b0102"), 0) + 16;
        refuses(
                new Emitter().image(archive).patch(crc, Image.ofHex("00000000")).toImage(),
                "CRC32 is 0x");
    }

    @Test
    void files_that_share_bytes_are_refused() {
        Image archive = written(TWO);
        long second = archive.indexOf(Image.ofHex("504b0102"), 0) + 46 + 6;
        Image zero = new Emitter().u32(0).toImage();
        refuses(
                new Emitter().image(archive).patch(second + 42, zero).toImage(),
                "texts/é.txt at 0x0 overlaps the file before it");
        Image twice = patched(written(same()), "b", "a");
        refuses(twice, "a is in it twice");
    }

    @Test
    void encrypted_files_and_unknown_methods_are_refused_by_name() {
        Image archive = written(TWO);
        long entry = archive.indexOf(Image.ofHex("504b0102"), 0);
        refuses(
                new Emitter().image(archive).patch(entry + 8, Image.ofHex("0108")).toImage(),
                "a.json is encrypted, which is not supported");
        refuses(
                new Emitter().image(archive).patch(entry + 10, Image.ofHex("0e00")).toImage(),
                "method of a.json is 14, 0 and 8 are supported");
    }

    @Test
    void every_truncation_and_every_changed_byte_is_read_or_refused() {
        Image archive = written(TWO);
        for (long at = 0; at < archive.size(); at++) {
            refuses(archive.slice(0, at), "");
            for (String value : List.of("00", "7f", "ff")) {
                Image bruised =
                        new Emitter().image(archive).patch(at, Image.ofHex(value)).toImage();
                try {
                    ZipArchive.read(bruised, WHERE, LIMIT);
                } catch (MalformedImageException e) {
                    assertThat(e).hasMessageStartingWith("a.zip");
                }
            }
        }
    }

    @Test
    void something_else_is_not_an_archive() {
        assertThat(ZipArchive.isAt(Image.ofAscii("PK"))).isFalse();
        refuses(Image.ofAscii("no archive at all, whatever its name says"), "not a ZIP");
    }

    private static ZipArchive same() {
        Image text = Image.ofAscii("x");
        return new ZipArchive(List.of(new ZipEntry("a", text), new ZipEntry("b", text)));
    }

    private static void refuses(Image archive, String message) {
        assertThatThrownBy(() -> ZipArchive.read(archive, WHERE, LIMIT))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageContaining(message);
    }

    /// With another name of the same length everywhere.
    private static Image patched(Image archive, String name, String other) {
        Emitter out = new Emitter().image(archive);
        Image old = Image.ofAscii(name);
        for (long at = archive.indexOf(old, 0); at >= 0; at = archive.indexOf(old, at + 1)) {
            out.patch(at, Image.ofAscii(other));
        }
        return out.toImage();
    }

    private static Image written(ZipArchive zip) {
        Emitter out = new Emitter();
        zip.write(out);
        return out.toImage();
    }
}
