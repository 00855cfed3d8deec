package igdrom.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.tukaani.xz.LZMAInputStream;

/// Compares results on real streams with EDK2's tools, UEFIExtract and xz.
class CodecAgreementTest {
    private static final Location LOCATION = Location.root("compressed");
    private static final long LIMIT = 1 << 24;

    /// The offset of the compressed section in all synthetic images.
    private static final long SECTION = 0x300060;

    private static final long FILE = SECTION - 24;

    @TempDir private Path directory;

    @Test
    void volume_compressed_by_edk2_in_every_format_decompresses_to_the_same_bytes() {
        Image lzma = decompress(Codec.LZMA, "lzma");
        assertThat(lzma.size()).isEqualTo(393220);
        // The uncompressed image contains the same volume, which follows a section header here.
        assertThat(Corpus.image("synthetic/syn_none.fd.xz").contains(lzma.from(4))).isTrue();
        assertThat(decompress(Codec.LZMA_X86, "lzmaf86")).isEqualTo(lzma);
        assertThat(decompress(Codec.TIANO, "tiano")).isEqualTo(lzma);
        assertThat(decompress(Codec.BROTLI, "brotli")).isEqualTo(lzma);
        // EDK2 gives this section the GUID of Tiano, but compresses it with EFI 1.1.
        Image efi = Samples.section(synthetic("uefi"), Codec.TIANO);
        assertThat(Codec.decompressEfi(efi, LOCATION, LIMIT))
                .isEqualTo(List.of(new Decompressed.Whole(Codec.EFI_1_1, lzma, efi.size())));
        Image standard = Samples.compressionSection(synthetic("std"), SECTION);
        assertThat(standard).isEqualTo(efi);
    }

    @Test
    void damaged_stream_yields_the_bytes_before_the_damage() {
        Image damaged = Samples.section(synthetic("corrupt_lzma"), Codec.LZMA);
        Image whole = decompress(Codec.LZMA, "lzma");
        Decompressed decompressed = Codec.LZMA.decompress(damaged, LOCATION, LIMIT);
        Image bytes = decompressed.bytes();
        assertThat(decompressed)
                .isEqualTo(
                        new Decompressed.Damaged(
                                Codec.LZMA,
                                bytes,
                                Diagnostic.broken(
                                        LOCATION,
                                        0x30e2,
                                        "match distance is 0x76d8, the maximum is 0x5c7a")));
        assertThat(whole.startsWith(bytes.slice(0, 0x5a00))).isTrue();
    }

    @Test
    void volumes_of_real_images_decompress_as_with_xz() throws IOException {
        Image aptio = Corpus.image("firmware/ic847_bios.bin.xz");
        assertXz(Samples.compressionSection(aptio, 0x50060));
        assertXz(Samples.section(Corpus.image("firmware/galagopro3.fd.xz"), Codec.LZMA));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"BROTLI", "ZLIB", "LZ4"})
    void uefiextract_decompresses_our_streams(Codec codec)
            throws IOException, InterruptedException {
        Assumptions.assumeTrue(isInstalled("UEFIExtract"), "UEFIExtract is not installed");
        String name =
                switch (codec) {
                    case EFI_1_1 -> "uefi";
                    case TIANO -> "tiano";
                    case LZMA -> "lzma";
                    case LZMA_X86 -> "lzmaf86";
                    case BROTLI, ZLIB, LZ4 -> throw new IllegalArgumentException();
                };
        Image image = synthetic(name);
        Image volume = decompress(codec, name);
        byte[] bytes = withSection(image, codec.compress(volume)).toByteArray();
        Path file = Files.write(directory.resolve("image.bin"), bytes);
        Process process =
                new ProcessBuilder("UEFIExtract", file.toString(), "dump")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        process.waitFor();
        List<Image> programs = bodies("PE32 image section");
        assertThat(programs).hasSize(1);
        assertThat(volume.contains(programs.getFirst())).isTrue();
    }

    /// The image with another stream in its compressed section: sizes are adapted, checksums are
    /// not.
    private static Image withSection(Image image, Image compressed) {
        long dataOffset = image.u16(SECTION + 20);
        int before = image.u24(SECTION);
        int size = (int) (dataOffset + compressed.size());
        return new Emitter()
                .image(image)
                .patch(FILE + 20, new Emitter().u24(24 + size).toImage())
                .patch(SECTION, new Emitter().fill(0xff, before).toImage())
                .patch(SECTION, image.slice(SECTION, dataOffset))
                .patch(SECTION, new Emitter().u24(size).toImage())
                .patch(SECTION + dataOffset, compressed)
                .toImage();
    }

    private List<Image> bodies(String section) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.endsWith("body.bin"))
                    .filter(file -> file.toString().contains(section))
                    .map(CodecAgreementTest::load)
                    .toList();
        }
    }

    private static Image load(Path file) {
        try {
            return Image.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertXz(Image compressed) throws IOException {
        long size = compressed.u64(5);
        LZMAInputStream theirs =
                new LZMAInputStream(
                        compressed.from(13).stream(),
                        size,
                        (byte) compressed.u8(0),
                        (int) compressed.u32(1));
        theirs.enableRelaxedEndCondition();
        assertThat(Codec.LZMA.decompress(compressed, LOCATION, LIMIT).orThrow())
                .isEqualTo(Image.of(theirs.readAllBytes()));
    }

    private static Image decompress(Codec codec, String name) {
        Image compressed = Samples.section(synthetic(name), codec);
        return Codec.EFI_1_1 == codec
                ? Codec.decompressEfi(compressed, LOCATION, LIMIT).getFirst().orThrow()
                : codec.decompress(compressed, LOCATION, LIMIT).orThrow();
    }

    private static Image synthetic(String name) {
        return Corpus.image("synthetic/syn_" + name + ".fd.xz");
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }
}
