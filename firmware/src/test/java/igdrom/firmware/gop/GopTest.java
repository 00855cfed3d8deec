package igdrom.firmware.gop;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.NewSection;
import igdrom.formats.pe.PeImage;
import igdrom.formats.pe.Subsystem;
import igdrom.samples.SampleGop;
import igdrom.testing.Bruises;
import igdrom.testing.Corpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GopTest {
    private static final Location LOCATION = Location.root("gop.efi");

    static final Image SAMPLE =
            SampleGop.driver(
                            21,
                            0,
                            1066,
                            List.of(
                                    PciId.intel(0x46d0),
                                    PciId.intel(0x46d1),
                                    PciId.intel(0x46d2),
                                    PciId.intel(0xcafe)))
                    .raw();

    static Optional<Gop> examine(Image image) {
        return Gop.examine(image, LOCATION, new Diagnostics());
    }

    @Test
    void sample_is_recognised_with_version_ids_and_reasons() {
        Gop gop = examine(SAMPLE).orElseThrow();
        assertThat(gop.arch()).isEqualTo(Machine.X64);
        assertThat(gop.version()).isEqualTo(new GopVersion(21, 0, 1066)).hasToString("21.0.1066");
        assertThat(gop.deviceIds())
                .extracting(PciId::toString)
                .containsExactly("8086:46d0", "8086:46d1", "8086:46d2");
        assertThat(gop.usesPolicyProtocol()).isTrue();
        assertThat(gop.reasons())
                .extracting(Evidence::toString)
                .containsExactly(
                        "text \"Intel(R) GOP Driver\" at 0x230",
                        "text \" Graphics Controller\" at 0x2f0",
                        "GUID of PlatformGopPolicy at 0x220",
                        "table of 4 ids at 0x378",
                        "version 21.0.1066 at 0x380");
    }

    @Test
    void identity_covers_headers_and_sections() {
        Image padded = new Emitter().image(SAMPLE).fill(0xff, 100).toImage();
        Gop gop = examine(padded).orElseThrow();
        assertThat(gop.image()).isEqualTo(SAMPLE);
        assertThat(gop.sha256()).isEqualTo(examine(SAMPLE).orElseThrow().sha256()).hasSize(64);
    }

    @Test
    void drivers_of_the_corpus_have_versions_and_ids() {
        List<String> seen = new ArrayList<>();
        for (var file : Corpus.files("gop")) {
            seen.add(summary(examine(Corpus.image(file)).orElseThrow()));
        }
        assertThat(seen)
                .containsExactly(
                        "21.0.1066 X64: 28 ids, 8ed7384baa077725",
                        "22.0.1041 X64: 14 ids, 347b9af15e217d73",
                        "9.0.1107 X64: 87 ids, 4593b31bcac51616",
                        "2.0.1024 X64: 7 ids, d6e567b0b1bcf044");
    }

    @Test
    void ids_of_a_corpus_driver_are_its_whole_table() {
        Gop gop = examine(Corpus.image("gop/mrcb_soc_intel_snb_IntelGopDriver.efi")).orElseThrow();
        assertThat(gop.deviceIds())
                .extracting(PciId::device)
                .containsExactly(0x0102, 0x0112, 0x0122, 0x0106, 0x0116, 0x0126, 0x010a);
    }

    @Test
    void placeholders_in_the_table_are_not_devices() {
        Image image =
                SampleGop.driver(
                                17,
                                0,
                                1064,
                                List.of(
                                        PciId.intel(0x9a49),
                                        PciId.intel(0xff20),
                                        PciId.intel(0xcafe)))
                        .raw();
        Gop gop = examine(image).orElseThrow();
        assertThat(gop.deviceIds()).containsExactly(PciId.intel(0x9a49));
        assertThat(gop.support(PciId.intel(0xcafe)).supported()).isFalse();
        assertThat(gop.reasons())
                .extracting(Evidence::toString)
                .anyMatch(reason -> reason.startsWith("table of 3 ids"));
    }

    @Test
    void driver_with_only_the_name_is_not_a_gop() {
        Image setup =
                driverWith(
                        new Emitter()
                                .utf16z("Intel(R) GOP Driver")
                                .utf16z("Graphics Configuration"));
        assertThat(examine(setup)).isEmpty();
    }

    @Test
    void producer_of_the_policy_is_not_a_gop() {
        assertThat(examine(driverWith(new Emitter().guid(Gop.POLICY_PROTOCOL)))).isEmpty();
    }

    @Test
    void driver_followed_by_a_gop_is_not_a_gop() {
        Image other = driverWith(new Emitter().utf16z("something else"));
        assertThat(examine(new Emitter().image(other).image(SAMPLE).toImage())).isEmpty();
    }

    @Test
    void images_of_the_corpus_contain_exactly_their_gops() {
        assertThat(gopsIn("firmware/rpl_FvLateSilicon.fv.xz"))
                .containsExactly("21.0.1065 X64: 24 ids, 879aa6a1cf0fb86f");
        assertThat(gopsIn("oprom/gangqizai_2in1_rom_igd_rpls.rom"))
                .containsExactly("17.0.1077 X64: 32 ids, ed99b106f34e5875");
        assertThat(gopsIn("oprom/gangqizai_gen12_igd.rom")).isEmpty();
        assertThat(gopsIn("synthetic/syn_none.fd.xz"))
                .containsExactly("17.0.1064 X64: 41 ids, 369d366e937b6078");
    }

    /// The GOPs among the uncompressed executables of an image.
    private static List<String> gopsIn(String name) {
        Image image = Corpus.image(name);
        List<String> gops = new ArrayList<>();
        for (long at = 0; at < image.size(); at++) {
            if (Executable.looksLikePe(image, at)) {
                examine(image.from(at)).ifPresent(gop -> gops.add(summary(gop)));
            }
        }
        return gops;
    }

    private static String summary(Gop gop) {
        return "%s %s: %d ids, %s"
                .formatted(
                        gop.version(),
                        gop.arch(),
                        gop.deviceIds().size(),
                        gop.sha256().substring(0, 16));
    }

    @Test
    void texts_outside_an_executable_give_a_diagnostic_and_no_gop() {
        Diagnostics diagnostics = new Diagnostics();
        Image text =
                new Emitter()
                        .utf16z("Intel(R) GOP Driver")
                        .utf16z("Intel(R) Graphics Controller")
                        .fill(0, 64)
                        .toImage();
        assertThat(Gop.examine(text, LOCATION, diagnostics)).isEmpty();
        assertThat(diagnostics.list())
                .extracting(Diagnostic::toString)
                .containsExactly("gop.efi +0x0: e_magic is 0x0049, expected 0x5a4d");
    }

    @Test
    void early_driver_has_major_and_minor_in_one_text() {
        Image early = SampleGop.early(3, 0, 13, 1013, List.of(PciId.intel(0x0152))).raw();
        assertThat(examine(early).orElseThrow().version()).isEqualTo(new GopVersion(3, 0, 1013));
        // Without the code's " [" the version comes from the constants.
        long open = early.indexOf(Image.ofUtf16(" ["), 0);
        Image mute = new Emitter().image(early).patch(open, Image.ofUtf16("x")).toImage();
        assertThat(examine(mute).orElseThrow().version()).isEqualTo(new GopVersion(3, 0, 1013));
    }

    @Test
    void version_that_no_code_assembles_comes_from_the_constants() {
        Image data =
                new Emitter()
                        .utf16z("Intel(R) GOP Driver")
                        .align(16, 0)
                        .utf16z("1107")
                        .align(16, 0)
                        .utf16z("Intel(R) Graphics Controller")
                        .align(16, 0)
                        .u16(0x3184)
                        .u16(0x3185)
                        .utf16z("13")
                        .align(16, 0)
                        .toImage();
        Gop gop = examine(driverWith(new Emitter().image(data))).orElseThrow();
        assertThat(gop.version())
                .isEqualTo(new GopVersion(13, null, 1107))
                .hasToString("13.?.1107");
        assertThat(gop.deviceIds()).containsExactly(PciId.intel(0x3184), PciId.intel(0x3185));
        assertThat(gop.usesPolicyProtocol()).isFalse();
    }

    @Test
    void bruised_driver_is_examined_or_refused() {
        Bruises.all(SAMPLE, image -> examine(image).ifPresent(Gop::sha256));
    }

    @Test
    void device_in_the_table_is_supported() {
        Gop gop = examine(SAMPLE).orElseThrow();
        assertThat(gop.support(PciId.of("8086:46d1")))
                .isEqualTo(new Support(true, "21.0.1066 lists 46d1"));
    }

    @Test
    void reason_for_an_unlisted_device_names_similar_ids() {
        Gop gop = examine(SAMPLE).orElseThrow();
        assertThat(gop.support(PciId.of("8086:46d4")))
                .isEqualTo(
                        new Support(
                                false, "21.0.1066 does not list 46d4, only 46d0, 46d1 and 46d2"));
        assertThat(gop.support(PciId.of("8086:46a0")).reason())
                .isEqualTo("21.0.1066 does not list 46a0, only 46d0, 46d1 and 46d2");
        assertThat(gop.support(PciId.of("8086:0102")).reason())
                .isEqualTo("21.0.1066 lists 3 ids, not 0102");
        Gop other =
                examine(
                                SampleGop.driver(
                                                21,
                                                0,
                                                1066,
                                                List.of(
                                                        PciId.intel(0x46d1),
                                                        PciId.intel(0x0102),
                                                        PciId.intel(0x0106)))
                                        .raw())
                        .orElseThrow();
        assertThat(other.support(PciId.of("8086:46d4")).reason())
                .isEqualTo("21.0.1066 does not list 46d4, only 46d1 and 2 other ids");
        assertThat(gop.support(PciId.of("1234:1111")).reason())
                .isEqualTo("21.0.1066 is for Intel devices, not 1234:1111");
    }

    @Test
    void order_is_device_then_x64_then_version() {
        Gop old = sample(9, 1080, 0x5912);
        Gop newer = sample(9, 1107, 0x5912);
        Gop other = sample(21, 1066, 0x46a6);
        List<Gop> gops = new ArrayList<>(List.of(old, newer, other));
        gops.sort(GopOrder.general());
        assertThat(gops).containsExactly(other, newer, old);
        gops.sort(GopOrder.forDevice(PciId.intel(0x5912)));
        assertThat(gops).containsExactly(newer, old, other);
    }

    private static Gop sample(int major, int build, int id) {
        return examine(SampleGop.driver(major, 0, build, List.of(PciId.intel(id))).raw())
                .orElseThrow();
    }

    private static Image driverWith(Emitter data) {
        return PeImage.of(
                        Machine.X64,
                        Subsystem.BOOT_SERVICE_DRIVER,
                        0,
                        List.of(
                                NewSection.text(Image.ofHex("31c0c3")),
                                NewSection.data(data.toImage())))
                .raw();
    }
}
