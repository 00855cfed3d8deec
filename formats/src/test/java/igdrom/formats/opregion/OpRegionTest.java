package igdrom.formats.opregion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.Seeds;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.Vbt;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.testing.Bruises;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpRegionTest {
    private static final Location FILE = Location.root("opregion.bin");
    private static final int VERSION = 0x16;
    private static final int MBOX = 0x58;
    private static final int RVDA = 0x3ba;
    private static final int RVDS = 0x3c2;

    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void read_gives_header_mailboxes_and_the_vbt_in_mailbox_4() {
        Image image = bytes(OpRegionBuilder.around(vbt(0)));
        OpRegion region = OpRegion.read(image, FILE, diagnostics);
        assertThat(image.size()).isEqualTo(0x2000);
        assertThat(region.header().versionText()).isEqualTo("2.1");
        assertThat(region.header().sizeKb()).isEqualTo(8);
        assertThat(List.of(Mailbox.values()).stream().filter(region.header()::has))
                .containsExactly(Mailbox.ACPI, Mailbox.ASLE, Mailbox.VBT);
        assertThat(region.acpi().lidOpen()).isTrue();
        assertThat(region.acpi().hotplug()).isEqualTo(1);
        assertThat(region.vbtExtent()).isEqualTo(new VbtExtent(0x400, vbt(0).size()));
        assertThat(region.vbt()).contains(vbt(0));
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void vbt_too_long_for_mailbox_4_follows_the_opregion() {
        Image vbt = vbt(0x2000);
        Image image = bytes(OpRegionBuilder.around(vbt));
        OpRegion region = OpRegion.read(image, FILE, diagnostics);
        assertThat(image.size()).isEqualTo(0x2000 + vbt.size());
        assertThat(region.asle().vbtAddress()).isEqualTo(0x2000);
        assertThat(region.asle().vbtSize()).isEqualTo(vbt.size());
        assertThat(region.header().has(Mailbox.VBT)).isFalse();
        assertThat(region.vbtExtent()).isEqualTo(new VbtExtent(0x2000, vbt.size()));
        assertThat(region.vbt()).contains(vbt);
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void builder_fills_mailbox_4_to_its_last_byte() {
        int empty = (int) vbt(0).size();
        Image fitting = vbt(0x1800 - empty);
        assertThat(fitting.size()).isEqualTo(0x1800);
        assertThat(bytes(OpRegionBuilder.around(fitting)).size()).isEqualTo(0x2000);
        Image longer = vbt(0x1801 - empty);
        assertThat(bytes(OpRegionBuilder.around(longer)).size()).isEqualTo(0x2000 + 0x1801);
    }

    @Test
    void builder_drops_bytes_after_the_vbt() {
        Image file = new Emitter().image(vbt(0)).fill(0xff, 0x3000).toImage();
        assertThat(OpRegionBuilder.around(file).vbt()).contains(vbt(0));
    }

    @Test
    void builder_refuses_bytes_that_are_not_a_vbt() {
        assertThatThrownBy(() -> OpRegionBuilder.around(Image.ofAscii("$VBT")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a VBT: Image[0x4 bytes: 24564254]");
    }

    @Test
    void rvda_is_used_from_version_2_on_and_with_mailbox_3() {
        Image image = withBothVbts();
        assertThat(OpRegion.read(image, FILE, diagnostics).vbtExtent())
                .isEqualTo(new VbtExtent(0x2000, vbt(0).size()));
        Image old = patched(image, VERSION, "0001");
        assertThat(OpRegion.read(old, FILE, diagnostics).vbtExtent())
                .isEqualTo(new VbtExtent(0x400, vbt(0).size()));
        Image without = patched(image, MBOX, "09000000");
        assertThat(OpRegion.read(without, FILE, diagnostics).vbtExtent())
                .isEqualTo(new VbtExtent(0x400, vbt(0).size()));
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void rvda_without_a_vbt_is_a_diagnostic_and_mailbox_4_is_used() {
        assertThat(problems(patched(withBothVbts(), VERSION, "0002")))
                .containsExactly(
                        "opregion.bin +0x3ba: RVDA is the physical address 0x2000, not in these"
                                + " bytes");
        assertThat(problems(patched(withBothVbts(), RVDA, "0100000000000080")))
                .containsExactly(
                        "opregion.bin +0x3ba: RVDA 0x8000000000000001 and RVDS 0x%x extend beyond"
                                        .formatted(vbt(0).size())
                                + " the end at 0x%x".formatted(withBothVbts().size()));
        assertThat(problems(patched(withBothVbts(), RVDS, "ffffffff")))
                .containsExactly(
                        "opregion.bin +0x3ba: RVDA 0x2000 and RVDS 0xffffffff extend beyond the end"
                                + " at 0x%x".formatted(withBothVbts().size()));
        assertThat(problems(patched(withBothVbts(), RVDA, "0120")))
                .containsExactly(
                        ("opregion.bin +0x3ba: RVDA 0x2001 and RVDS 0x%x extend beyond the end at"
                                        + " 0x%x")
                                .formatted(vbt(0).size(), withBothVbts().size()));
        assertThat(problems(patched(withBothVbts(), 0x2000, "00")))
                .containsExactly(
                        "opregion.bin +0x3ba: RVDA is 0x2000, expected the offset of a VBT");
    }

    @Test
    void odd_values_are_diagnostics() {
        assertThat(problems(patched(withBothVbts(), 0x10, "10")))
                .containsExactly("opregion.bin +0x10: Size is 16 KiB, an OpRegion has 8");
        assertThat(problems(patched(withBothVbts(), VERSION, "0009")))
                .containsExactly("opregion.bin +0x17: OVER is 9.0, known are 1.0 to 3.x");
        assertThat(problems(patched(withBothVbts(), RVDA, "0004")))
                .containsExactly("opregion.bin +0x3ba: RVDA is 0x400, inside the OpRegion");
        Image empty = patched(bytes(OpRegionBuilder.around(vbt(0))), 0x400, "00");
        assertThat(problems(empty))
                .containsExactly("opregion.bin +0x400: no VBT in mailbox 4 or where RVDA points");
        assertThat(OpRegion.read(empty, FILE, diagnostics).vbt()).isEmpty();
    }

    @Test
    void vbt_may_continue_into_an_unused_mailbox_5() {
        Image vbt = vbt(0x1a00 - (int) vbt(0).size());
        Image image =
                patched(
                        bytes(OpRegionBuilder.around(vbt(0))),
                        0x400,
                        new Emitter().image(vbt).toImage());
        assertThat(OpRegion.read(image, FILE, diagnostics).vbt()).contains(vbt);
        Image used = patched(image, MBOX, "1d000000");
        assertThat(OpRegion.read(used, FILE, diagnostics).vbtExtent())
                .isEqualTo(new VbtExtent(0x400, 0x1800));
    }

    @Test
    void truncated_or_unsigned_image_is_refused() {
        Image image = bytes(OpRegionBuilder.around(vbt(0)));
        assertRefused(
                image.slice(0, 0x1fff),
                "opregion.bin +0x1c00: mailbox 5 needs 0x400 bytes, 0x3ff are left");
        assertRefused(
                patched(image, 0, "00"),
                "opregion.bin +0x0: Signature is not \"IntelGraphicsMem\"");
    }

    @Test
    void quick_check_requires_signature_size_and_a_known_version() {
        Image image = bytes(OpRegionBuilder.around(vbt(0)));
        Image later = new Emitter().u8(0).image(image).toImage();
        assertThat(OpRegion.looksLikeOpRegion(later, 1)).isTrue();
        assertThat(OpRegion.looksLikeOpRegion(later, 0)).isFalse();
        assertThat(OpRegion.looksLikeOpRegion(later, -1)).isFalse();
        assertThat(OpRegion.looksLikeOpRegion(later, Long.MAX_VALUE)).isFalse();
        assertThat(OpRegion.looksLikeOpRegion(image.slice(0, 0x1fff), 0)).isFalse();
        assertThat(OpRegion.looksLikeOpRegion(patched(image, 0x10, "00"), 0)).isFalse();
        assertThat(OpRegion.looksLikeOpRegion(patched(image, 0x17, "41"), 0)).isFalse();
    }

    @Test
    void every_bruise_reads_or_is_refused() {
        Image image = withBothVbts();
        Bruises.bytes(image.slice(0, 0x40c), 1, head -> readAndWrite(withHead(image, head)));
        Bruises.bytes(image, 7, OpRegionTest::readAndWrite);
        for (long size = 0; size < image.size(); size += 5) {
            Image cut = image.slice(0, size);
            if (size < 0x2000) {
                assertThatThrownBy(() -> readAndWrite(cut))
                        .isInstanceOf(MalformedImageException.class);
            } else {
                readAndWrite(cut);
            }
        }
    }

    @Test
    void read_and_write_give_back_the_bytes_of_real_opregions() {
        for (Path file : Corpus.files("host", ".bin")) {
            Image image = Corpus.image(file);
            assertThat(OpRegion.looksLikeOpRegion(image, 0)).isTrue();
            readAndWrite(image);
            OpRegion region = OpRegion.read(image, FILE, diagnostics);
            assertThat(region.header().versionText()).isEqualTo("2.0");
            assertThat(region.acpi().lidOpen()).isTrue();
            Image vbt = region.vbt().orElseThrow();
            assertThat(Vbt.read(vbt, FILE, new Diagnostics()).header().platform())
                    .isEqualTo("SKYLAKE");
        }
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void real_opregion_names_its_gop() {
        Image image = Corpus.image("host/opregion-msi-skl.bin");
        OpRegion region = OpRegion.read(image, FILE, diagnostics);
        assertThat(region.header().gopVersionText()).isEqualTo("9.0.1085");
        assertThat(region.asle().requestedBrightness()).isEqualTo(0x42);
        assertThat(region.asle().brightness()).isEqualTo(0x1a);
        assertThat(region.acpi().supportedDevices()).containsExactly(0x400L);
    }

    @Test
    void real_vbts_are_found_again_in_a_built_opregion() {
        for (Path file : Corpus.files("vbt", ".vbt")) {
            Image image = Corpus.image(file);
            Image vbt = image.slice(0, Vbt.sizeAt(image, 0));
            Image built = bytes(OpRegionBuilder.around(image));
            assertThat(OpRegion.read(built, FILE, diagnostics).vbt()).contains(vbt);
        }
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void fuzzing_starts_from_built_opregions() throws IOException {
        seed("mailbox4.bin", bytes(OpRegionBuilder.around(vbt(0))));
        seed("both.bin", withBothVbts());
    }

    private static void seed(String name, Image region) throws IOException {
        Seeds.check(OpRegionFuzzTest.class, "reads_or_refuses", name, region);
    }

    /// A VBT with `more` bytes of padding.
    private static Image vbt(int more) {
        VbtBuilder builder =
                new VbtBuilder("TIGERLAKE", 240)
                        .device(8, DeviceType.EDP, DvoPort.DP_A, 0, 0x40)
                        .device(4, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0);
        if (more >= 3) {
            builder.block(254, Image.of(new byte[more - 3]));
        }
        Emitter out = new Emitter();
        builder.build().write(out);
        return out.toImage();
    }

    /// An OpRegion 2.1 with a VBT in mailbox 4 and another after it, which takes precedence.
    private static Image withBothVbts() {
        Image vbt = vbt(0);
        Emitter rvds = new Emitter().u64(0x2000).u32(vbt.size());
        Image inside = patched(bytes(OpRegionBuilder.around(vbt)), RVDA, rvds.toImage());
        return new Emitter().image(inside).image(vbt).toImage();
    }

    private static Image withHead(Image image, Image head) {
        return head.size() < 0x40c ? head : patched(image, 0, head);
    }

    private static void readAndWrite(Image image) {
        OpRegion region = OpRegion.read(image, FILE, new Diagnostics());
        assertThat(bytes(region)).isEqualTo(image);
        region.vbt().ifPresent(vbt -> assertThat(Vbt.looksLikeVbt(vbt, 0)).isTrue());
    }

    private static List<String> problems(Image image) {
        Diagnostics found = new Diagnostics();
        OpRegion.read(image, FILE, found);
        return found.list().stream().map(Diagnostic::toString).toList();
    }

    private void assertRefused(Image image, String message) {
        assertThatThrownBy(() -> OpRegion.read(image, FILE, diagnostics))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(message);
    }

    private static Image bytes(OpRegion region) {
        Emitter out = new Emitter();
        region.write(out);
        return out.toImage();
    }

    private static Image patched(Image image, long offset, String hex) {
        return patched(image, offset, Image.ofHex(hex));
    }

    private static Image patched(Image image, long offset, Image replacement) {
        return new Emitter().image(image).patch(offset, replacement).toImage();
    }
}
