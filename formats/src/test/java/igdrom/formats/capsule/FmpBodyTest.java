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
    private static final Location LOCATION = Location.root("body");
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
        FmpBody.read(image, LOCATION, diagnostics);
        return diagnostics.list().stream().map(Diagnostic::toString).toList();
    }

    @Test
    void read_gives_drivers_and_payloads() {
        FmpBody body = FmpBody.read(sample(), LOCATION, new Diagnostics());
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
    void items_in_any_order_end_at_the_start_of_the_next() {
        Image swapped = patched(sample(), 8, "23 00 00 00 00 00 00 00 18");
        assertThat(diagnostics(swapped)).isEmpty();
        assertThat(FmpBody.read(swapped, LOCATION, new Diagnostics()).items())
                .extracting(FmpBody.Item::number)
                .containsExactly(2, 1);
    }

    @Test
    void item_outside_the_capsule_is_reported() {
        Image odd = patched(sample(), 16, "ff ff ff ff ff ff ff ff");
        assertThat(diagnostics(odd))
                .containsExactly(
                        "body +0x10: offset of item 2 is 0xffffffffffffffff, expected 0x18 to"
                                + " 0x6a");
        assertThat(FmpBody.read(odd, LOCATION, new Diagnostics()).items())
                .extracting(FmpBody.Item::number)
                .containsExactly(1);
    }

    @Test
    void two_items_with_the_same_offset_are_reported() {
        assertThat(diagnostics(patched(sample(), 8, "23")))
                .containsExactly("body +0x23: item 1 has the same offset as another item");
    }

    @Test
    void unknown_version_is_reported() {
        assertThat(diagnostics(patched(sample(), 0, "07")))
                .containsExactly("body +0x0: Version is 0x7, expected 0x1");
    }

    @Test
    void truncated_list_is_refused() {
        assertThatThrownBy(() -> FmpBody.read(sample().slice(0, 20), LOCATION, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("body +0x10: ItemOffsetList needs 0x8 bytes, 0x4 are left");
    }

    @Test
    void more_than_1000_items_are_refused() {
        Image bad = patched(sample(), 4, "ff ff ff ff");
        assertThatThrownBy(() -> FmpBody.read(bad, LOCATION, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        "body +0x4: EmbeddedDriverCount and PayloadItemCount add up to 131070, the"
                                + " maximum is 1000");
    }

    @Test
    void read_of_a_version_1_payload_separates_certificate_and_image() {
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
        FmpPayload payload = FmpPayload.read(raw, LOCATION, diagnostics);
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
    void read_of_a_version_3_payload_finds_its_firmware_version() {
        FmpPayload payload = FmpPayload.read(payload(), LOCATION, new Diagnostics());
        assertThat(payload.header())
                .contains(new FmpPayload.VersionHeader(0x10203, 1, Image.EMPTY));
        assertThat(payload.image()).isEqualTo(FIRMWARE);
        assertThat(payload.imageOffset()).isEqualTo(64);
        assertThat(written(payload)).isEqualTo(payload());
    }

    @Test
    void payload_larger_than_its_item_is_reported() {
        Diagnostics diagnostics = new Diagnostics();
        FmpPayload payload =
                FmpPayload.read(patched(payload(), 24, "ff ff ff ff"), LOCATION, diagnostics);
        assertThat(payload.image()).isEqualTo(FIRMWARE);
        assertThat(diagnostics.list())
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "body +0x18: UpdateImageSize is 0xffffffff and UpdateVendorCodeSize 0x0,"
                                + " only 0x18 bytes are left");
    }

    @Test
    void unknown_payload_version_is_refused() {
        Image bad = patched(payload(), 0, "04");
        assertThatThrownBy(() -> FmpPayload.read(bad, LOCATION, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("body +0x0: Version is 0x4, expected 0x1 to 0x3");
    }

    @Test
    void bruised_body_is_refused_or_written_back_unchanged() {
        Bruises.all(sample(), image -> FmpBody.read(image, LOCATION, new Diagnostics()));
        Bruises.all(
                payload(),
                image ->
                        assertThat(written(FmpPayload.read(image, LOCATION, new Diagnostics())))
                                .isEqualTo(image));
    }

    @Test
    void fuzzing_seed_is_a_body() throws IOException {
        Seeds.check(
                CapsuleFuzzTest.class,
                "items_are_refused_or_written_back_unchanged",
                "body",
                sample());
    }
}
