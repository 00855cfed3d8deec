package igdrom.formats.capsule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.Seeds;
import igdrom.testing.Bruises;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FmpBodyTest {
    private static final Location PLACE = Location.root("body");
    private static final Guid TYPE = Guid.of("11111111-2222-3333-4444-555555555555");
    private static final Image FIRMWARE = Image.ofAscii("FIRMWARE");

    private static Image written(FmpPayload payload) {
        Emitter out = new Emitter();
        payload.write(out);
        return out.toImage();
    }

    private static Image payload() {
        FmpPayload.VersionHeader header = new FmpPayload.VersionHeader(0x10203, 1, Image.EMPTY);
        return written(FmpPayload.of(TYPE, header, FIRMWARE));
    }

    private static Image sample() {
        return FmpBody.of(List.of(Image.ofAscii("MZ a driver")), List.of(payload())).raw();
    }

    private static Image patched(Image image, long at, String hex) {
        return new Emitter().image(image).patch(at, Image.ofHex(hex)).toImage();
    }

    private static List<String> diagnostics(Image image) {
        Diagnostics diagnostics = new Diagnostics();
        FmpBody.read(image, PLACE, diagnostics);
        return diagnostics.list().stream().map(Diagnostic::toString).toList();
    }

    @Test
    void read_gives_drivers_and_payloads() {
        FmpBody body = FmpBody.read(sample(), PLACE, new Diagnostics());
        assertThat(diagnostics(sample())).isEmpty();
        assertThat(body)
                .isEqualTo(
                        new FmpBody(
                                sample(),
                                1,
                                1,
                                1,
                                24,
                                List.of(
                                        new FmpBody.Item(1, true, 24, Image.ofAscii("MZ a driver")),
                                        new FmpBody.Item(2, false, 35, payload()))));
        Emitter out = new Emitter();
        body.write(out);
        assertThat(out.toImage()).isEqualTo(sample());
    }

    @Test
    void items_in_another_order_end_where_the_next_one_begins() {
        Image swapped = patched(sample(), 8, "23 00 00 00 00 00 00 00 18");
        assertThat(diagnostics(swapped)).isEmpty();
        assertThat(FmpBody.read(swapped, PLACE, new Diagnostics()).items())
                .extracting(FmpBody.Item::number)
                .containsExactly(2, 1);
    }

    @Test
    void item_outside_of_the_capsule_is_a_finding() {
        Image odd = patched(sample(), 16, "ff ff ff ff ff ff ff ff");
        assertThat(diagnostics(odd))
                .containsExactly(
                        "body +0x10: item 2 is at 0xffffffffffffffff, it must be within 0x18 and"
                                + " 0x6b");
        assertThat(FmpBody.read(odd, PLACE, new Diagnostics()).items())
                .extracting(FmpBody.Item::number)
                .containsExactly(1);
    }

    @Test
    void two_items_at_one_place_are_a_finding() {
        assertThat(diagnostics(patched(sample(), 8, "23")))
                .containsExactly("body +0x23: item 1 begins where another does");
    }

    @Test
    void other_version_is_a_finding() {
        assertThat(diagnostics(patched(sample(), 0, "07")))
                .containsExactly("body +0x0: Version is 0x7, not 0x1");
    }

    @Test
    void list_that_is_cut_off_is_refused() {
        assertThatThrownBy(() -> FmpBody.read(sample().slice(0, 20), PLACE, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("body +0x10: ItemOffsetList needs 0x8 bytes, 0x4 are left");
    }

    @Test
    void a_thousand_items_are_enough() {
        Image bad = patched(sample(), 4, "ff ff ff ff");
        assertThatThrownBy(() -> FmpBody.read(bad, PLACE, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        "body +0x4: EmbeddedDriverCount is 65535, PayloadItemCount 65535: the most"
                                + " is 1000");
    }

    @Test
    void payload_of_version_1_with_a_certificate_gives_its_image() {
        Image image =
                new Emitter()
                        .u64(5)
                        .u32(0x20)
                        .u16(0x200)
                        .u16(0x0ef1)
                        .fill(0x77, 0x18)
                        .image(FIRMWARE)
                        .toImage();
        Image raw =
                new Emitter()
                        .u32(1)
                        .guid(TYPE)
                        .u8(1)
                        .u24(0)
                        .u32(image.size())
                        .u32(2)
                        .image(image)
                        .ascii("vc")
                        .toImage();
        Diagnostics diagnostics = new Diagnostics();
        FmpPayload payload = FmpPayload.read(raw, PLACE, diagnostics);
        assertThat(diagnostics.list()).isEmpty();
        assertThat(payload)
                .isEqualTo(
                        new FmpPayload(
                                1,
                                TYPE,
                                1,
                                Image.ofHex("000000"),
                                image.size(),
                                2,
                                Image.EMPTY,
                                image.slice(0, 0x28),
                                Optional.empty(),
                                FIRMWARE,
                                Image.ofAscii("vc")));
        assertThat(raw.from(payload.imageOffset())).isEqualTo(Image.ofAscii("FIRMWAREvc"));
        assertThat(written(payload)).isEqualTo(raw);
    }

    @Test
    void payload_of_version_3_tells_its_firmware_version() {
        FmpPayload payload = FmpPayload.read(payload(), PLACE, new Diagnostics());
        assertThat(payload.header())
                .contains(new FmpPayload.VersionHeader(0x10203, 1, Image.EMPTY));
        assertThat(payload.image()).isEqualTo(FIRMWARE);
        assertThat(payload.imageOffset()).isEqualTo(64);
        assertThat(written(payload)).isEqualTo(payload());
    }

    @Test
    void payload_larger_than_its_item_is_a_finding() {
        Diagnostics diagnostics = new Diagnostics();
        FmpPayload payload =
                FmpPayload.read(patched(payload(), 24, "ff ff ff ff"), PLACE, diagnostics);
        assertThat(payload.image()).isEqualTo(FIRMWARE);
        assertThat(diagnostics.list())
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "body +0x18: UpdateImageSize 0xffffffff and UpdateVendorCodeSize 0x0 are"
                                + " more than the 0x18 bytes that are left");
    }

    @Test
    void payload_of_another_version_is_refused() {
        Image bad = patched(payload(), 0, "04");
        assertThatThrownBy(() -> FmpPayload.read(bad, PLACE, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("body +0x0: Version is 0x4, it must be 1 to 3");
    }

    @Test
    void bruised_body_reads_or_is_refused_and_what_reads_is_given_back() {
        Bruises.all(sample(), image -> FmpBody.read(image, PLACE, new Diagnostics()));
        Bruises.all(
                payload(),
                image ->
                        assertThat(written(FmpPayload.read(image, PLACE, new Diagnostics())))
                                .isEqualTo(image));
    }

    @Test
    void fuzzing_starts_from_a_body() throws IOException {
        Seeds.check(
                CapsuleFuzzTest.class,
                "items_read_or_are_refused_and_what_reads_is_given_back",
                "body",
                sample());
    }
}
