package igdrom.bench.linux;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.samples.SampleOpRegion;
import org.junit.jupiter.api.Test;

class VfioOpRegionTest {
    private static final long ADDRESS = 0x5700_0000L;
    private static final long RVDA = 0x3ba;
    private static final Image VBT = SampleOpRegion.vbt("KERNEL");

    @Test
    void physical_rvda_becomes_an_offset_and_the_version_2_1() {
        Image offered = VfioOpRegion.offered(region(0, ADDRESS + 0x2000), ADDRESS);
        assertThat(offered).isEqualTo(region(1, 0x2000));
    }

    @Test
    void other_regions_are_offered_as_they_are() {
        for (Image region :
                new Image[] {
                    region(1, 0x2000), // an offset already
                    region(0, ADDRESS + 0x9000), // elsewhere in the host
                    region(0, 0), // no VBT outside
                    Image.of(new byte[0x2000]),
                    Image.EMPTY
                }) {
            assertThat(VfioOpRegion.offered(region, ADDRESS)).isEqualTo(region);
        }
    }

    private static Image region(int minor, long rvda) {
        Emitter region = new Emitter();
        OpRegionBuilder.around(VBT).write(region);
        return region.patch(0x16, new Emitter().u8(minor).u8(2).toImage())
                .patch(RVDA, new Emitter().u64(rvda).u32(VBT.size()).toImage())
                .image(VBT)
                .toImage();
    }
}
