package igdrom.formats.ucp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.Seeds;
import igdrom.formats.compress.Codec;
import igdrom.testing.Bruises;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UcpPackageTest {
    private static final Location LOCATION = Location.root("update.exe");
    private static final Image PLAIN = Image.ofAscii("plain text");
    private static final Image LONG = new Emitter().fill(0x42, 100).toImage();

    private static Image sample() {
        return new UcpEmitter().add("@CMD", PLAIN).addCompressed("@ROM", LONG).toImage();
    }

    private static Image patched(long at, String hex) {
        return new Emitter().image(sample()).patch(at, Image.ofHex(hex)).toImage();
    }

    private static Image written(UcpPackage ucp) {
        Emitter out = new Emitter();
        ucp.write(out);
        return out.toImage();
    }

    private static List<String> diagnostics(Image image) {
        Diagnostics diagnostics = new Diagnostics();
        UcpPackage.read(image, LOCATION, diagnostics);
        return diagnostics.list().stream().map(Diagnostic::toString).toList();
    }

    @Test
    void read_gives_the_modules() {
        Diagnostics diagnostics = new Diagnostics();
        UcpPackage ucp = UcpPackage.read(sample(), LOCATION, diagnostics);
        assertThat(diagnostics.list()).isEmpty();
        assertThat(ucp.modules())
                .extracting(module -> module.tag().latin1())
                .containsExactly("@CMD", "@ROM");
        UcpModule plain = ucp.modules().getFirst();
        assertThat(plain.isCompressed()).isFalse();
        assertThat(plain.data()).isEqualTo(PLAIN);
        UcpModule compressed = ucp.modules().getLast();
        assertThat(compressed.isCompressed()).isTrue();
        assertThat(Codec.TIANO.decompress(compressed.compressedData(), LOCATION, 1000).orThrow())
                .isEqualTo(LONG);
        assertThat(ucp.length()).isEqualTo(sample().size());
        assertThat(sample().sum16()).isZero();
        assertThat(written(ucp)).isEqualTo(sample());
        assertThat(UcpPackage.looksLikePackage(sample(), 0)).isTrue();
    }

    @Test
    void package_with_the_single_module_uii_is_a_label() {
        UcpPackage label =
                UcpPackage.read(
                        new UcpEmitter().add("@UII", PLAIN).toImage(), LOCATION, new Diagnostics());
        assertThat(label.isLabel()).isTrue();
        assertThat(UcpPackage.read(sample(), LOCATION, new Diagnostics()).isLabel()).isFalse();
    }

    @Test
    void omitted_trailing_zeros_of_compressed_data_are_restored() {
        Image content = Codec.TIANO.compress(LONG);
        UcpModule module = UcpModule.of("@ROM", content.slice(0, content.size() - 1));
        assertThat(module.compressedData().size()).isEqualTo(content.size());
    }

    @Test
    void truncated_package_yields_its_first_bytes() {
        Image cut = sample().slice(0, 0x48);
        assertThat(diagnostics(cut))
                .containsExactly(
                        "update.exe +0x4: ModuleSize is 0x56, only 0x48 bytes are left",
                        "update.exe +0x36: ModuleSize is 0x24, only 0x16 bytes are left");
        assertThat(written(UcpPackage.read(cut, LOCATION, new Diagnostics()))).isEqualTo(cut);
    }

    @Test
    void wrong_checksum_is_reported() {
        assertThat(diagnostics(patched(8, "0000")))
                .singleElement()
                .asString()
                .startsWith("update.exe +0x8: Checksum is 0x0000, expected 0x");
    }

    @Test
    void module_smaller_than_its_header_ends_reading() {
        assertThat(diagnostics(patched(0x14, "01000000")))
                .contains("update.exe +0x14: ModuleSize is 0x1, the minimum is 0x10");
    }

    @Test
    void other_tag_is_refused() {
        Image bad = patched(1, "58");
        assertThat(UcpPackage.looksLikePackage(bad, 0)).isFalse();
        assertThatThrownBy(() -> UcpPackage.read(bad, LOCATION, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        "update.exe +0x0: ModuleTag is \"@XAF\", expected \"@UAF\" or \"@HPU\"");
    }

    @Test
    void bruised_package_is_refused_or_written_back_unchanged() {
        Bruises.all(
                sample(),
                image -> {
                    UcpPackage ucp = UcpPackage.read(image, LOCATION, new Diagnostics());
                    for (UcpModule module : ucp.modules()) {
                        if (module.isCompressed()) {
                            module.compressedData();
                        } else {
                            module.data();
                        }
                    }
                    assertThat(written(ucp)).isEqualTo(image.slice(0, ucp.length()));
                });
    }

    @Test
    void fuzzing_seed_is_a_package() throws IOException {
        Seeds.check(
                UcpPackageFuzzTest.class,
                "package_is_refused_or_written_back_unchanged",
                "package",
                sample());
    }
}
