package igdrom.formats.ifd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.testing.Bruises;
import igdrom.testing.Corpus;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlashDescriptorTest {
    private static final Location LOCATION = Location.root("flash");

    /// A version 2 descriptor: components at 0x30, regions at 0x40, BIOS from 0x3000 to 0x800000.
    private static Image sample() {
        Emitter out = new Emitter().fill(0xff, 16).u32(0x0ff0a55aL).u32(0x00040003L).u32(0);
        out.fillTo(0x30, 0xff).u32(2 << 17).fillTo(0x40, 0xff);
        out.u32(0x00000000).u32(0x07ff0003).u32(0x00020001).u32(0x00007fff);
        return out.fillTo(FlashDescriptor.SIZE, 0xff).toImage();
    }

    private static Image written(FlashDescriptor descriptor) {
        Emitter out = new Emitter();
        descriptor.write(out);
        return out.toImage();
    }

    @Test
    void read_of_a_version_2_descriptor_sorts_its_regions_by_offset() {
        FlashDescriptor descriptor = FlashDescriptor.read(sample(), LOCATION);
        assertThat(descriptor.version()).isEqualTo(2);
        assertThat(descriptor.regions())
                .isEqualTo(
                        List.of(
                                new FlashRegion(0, 0, 0x1000),
                                new FlashRegion(2, 0x1000, 0x3000),
                                new FlashRegion(1, 0x3000, 0x800000)));
        assertThat(descriptor.regions())
                .extracting(FlashRegion::name)
                .containsExactly("Descriptor", "ME", "BIOS");
        assertThat(written(descriptor)).isEqualTo(sample());
    }

    @Test
    void descriptor_of_meteor_lake_has_a_region_of_16_kib() {
        Image image = new Emitter().image(sample()).patch(0x40, Image.ofHex("00000300")).toImage();
        assertThat(FlashDescriptor.looksLikeDescriptor(image, 0)).isTrue();
        assertThat(FlashDescriptor.read(image, LOCATION).regions())
                .contains(new FlashRegion(0, 0, 0x4000), new FlashRegion(1, 0x3000, 0x800000));
        for (String other : List.of("01000000", "00001000", "000003ff")) {
            Image wrong = new Emitter().image(image).patch(0x40, Image.ofHex(other)).toImage();
            assertThat(FlashDescriptor.looksLikeDescriptor(wrong, 0)).as(other).isFalse();
        }
    }

    @Test
    void emitted_descriptor_reads_back() {
        FlashDescriptor made = FlashDescriptor.withBios(0x1000, 0x800000);
        Image image = written(made);
        assertThat(FlashDescriptor.looksLikeDescriptor(image, 0)).isTrue();
        assertThat(FlashDescriptor.read(image, LOCATION)).isEqualTo(made);
        assertThat(made.regions())
                .containsExactly(
                        new FlashRegion(0, 0, 0x1000), new FlashRegion(1, 0x1000, 0x800000));
    }

    @Test
    void descriptor_of_a_real_image_is_written_back_unchanged() {
        Image image = Corpus.image("firmware/lattepanda_13.bin.xz");
        FlashDescriptor descriptor = FlashDescriptor.read(image, LOCATION);
        assertThat(descriptor.regions())
                .anySatisfy(region -> assertThat(region.name()).isEqualTo("BIOS"));
        assertThat(written(descriptor)).isEqualTo(image.slice(0, FlashDescriptor.SIZE));
    }

    @Test
    void image_without_the_signature_is_refused() {
        assertThatThrownBy(() ->
                        FlashDescriptor.read(new Emitter().fill(0xff, 0x1000).toImage(), LOCATION))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("flash +0x0: FLVALSIG is 0xffffffff, expected 0x0ff0a55a");
        assertThatThrownBy(() -> FlashDescriptor.read(sample().slice(0, 0xfff), LOCATION))
                .hasMessage("flash +0x0: Descriptor needs 0x1000 bytes, 0xfff are left");
    }

    @Test
    void bruised_descriptor_is_refused_or_written_back_unchanged() {
        Bruises.bytes(
                sample(),
                1,
                image -> {
                    FlashDescriptor descriptor = FlashDescriptor.read(image, LOCATION);
                    descriptor.regions();
                    assertThat(written(descriptor)).isEqualTo(image);
                });
    }
}
