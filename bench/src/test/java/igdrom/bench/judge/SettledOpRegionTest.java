package igdrom.bench.judge;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import org.junit.jupiter.api.Test;

class SettledOpRegionTest {
    private static final int RVDA = 0x3ba;
    private static final Image REGION = Guest.region();
    private static final Image VBT = SettledOpRegion.vbt(REGION).orElseThrow();

    @Test
    void region_with_its_vbt_inside_stays_as_it_is() {
        assertThat(SettledOpRegion.of(REGION)).contains(REGION);
        Image behind = new Emitter().image(REGION).fill(0xff, 100).toImage();
        assertThat(SettledOpRegion.of(behind)).contains(REGION);
    }

    @Test
    void relative_pointer_that_leads_to_the_vbt_stays() {
        Image region = pointing("0102", 0x2000, VBT.size());
        assertThat(SettledOpRegion.of(region)).contains(region);
        assertThat(SettledOpRegion.vbt(region)).contains(VBT);
    }

    @Test
    void absolute_pointer_becomes_relative_when_the_vbt_follows() {
        Image region = pointing("0002", 0x7abc_1000L, VBT.size());
        Image settled = pointing("0102", 0x2000, VBT.size());
        assertThat(SettledOpRegion.of(region)).contains(settled);
    }

    @Test
    void pointer_that_leads_nowhere_is_taken_out() {
        Image region = pointing("0002", 0x7abc_1000L, VBT.size()).slice(0, 0x2000);
        assertThat(SettledOpRegion.of(region)).contains(pointing("0002", 0, 0).slice(0, 0x2000));
        Image far = pointing("0102", -16, 0xffff_ffffL);
        assertThat(SettledOpRegion.of(far)).contains(pointing("0102", 0, 0).slice(0, 0x2000));
    }

    @Test
    void other_files_are_no_region() {
        assertThat(SettledOpRegion.of(Image.EMPTY)).isEmpty();
        assertThat(SettledOpRegion.of(VBT)).isEmpty();
    }

    /// @param version minor and major
    private static Image pointing(String version, long rvda, long rvds) {
        return new Emitter()
                .image(REGION)
                .image(VBT)
                .patch(0x16, Image.ofHex(version))
                .patch(RVDA, new Emitter().u64(rvda).u32(rvds).toImage())
                .toImage();
    }
}
