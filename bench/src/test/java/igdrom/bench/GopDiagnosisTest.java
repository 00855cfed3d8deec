package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.virtualigd.Activity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GopDiagnosisTest {
    private static final Activity.Entry MIRROR = new Activity.Entry(0, 0x1080c0, 4, false, 0);
    private static final Activity.Entry TIMER = new Activity.Entry(0, 0x44070, 4, true, 0);
    private static final Activity.Entry BLANK = new Activity.Entry(0, 0x44408, 4, false, 0);

    private final GopDiagnosis gop =
            new GopDiagnosis(entry -> entry.offset() == 0x44070 ? "" : "BLANK", "");

    @Test
    void gop_that_keeps_reading_a_register_is_waiting() {
        List<Activity.Entry> reads = new ArrayList<>(List.of(TIMER));
        reads.addAll(Collections.nCopies(40, BLANK));
        assertThat(gop.running(activity(100, reads), activity(200, reads)))
                .isEqualTo("the GOP is waiting: it keeps reading register 0x44408 BLANK: 0x0");
    }

    @Test
    void gop_that_accesses_several_registers_is_working() {
        List<Activity.Entry> both = List.of(BLANK, TIMER);
        assertThat(gop.running(activity(100, both), activity(200, both)))
                .isEqualTo(
                        "the GOP is still working: it last wrote register 0x44070 (unknown): 0x0");
    }

    @Test
    void last_access_of_an_idle_gop_is_reported() {
        Activity same = activity(100, List.of(TIMER, BLANK, MIRROR));
        assertThat(gop.running(same, same))
                .isEqualTo(
                        "the GOP no longer touches the device, it last read register 0x44408 BLANK:"
                                + " 0x0");
        assertThat(gop.ended(same))
                .isEqualTo("the GOP gave up, it last read register 0x44408 BLANK: 0x0");
    }

    @Test
    void accesses_of_the_driver_and_the_witness_are_not_counted() {
        Activity others = activity(2, List.of(MIRROR));
        assertThat(gop.ended(others))
                .isEqualTo(
                        "the GOP has set up nothing: it does not support the device or the LPC"
                                + " bridge at 00:1f.0, or it did not start");
    }

    @Test
    void missing_output_in_the_vbt_is_added() {
        Activity same = activity(100, List.of(TIMER));
        assertThat(new GopDiagnosis(_ -> "TIMER", "the GOP finds none").running(same, same))
                .isEqualTo(
                        "the GOP no longer touches the device, it last wrote register 0x44070"
                                + " TIMER: 0x0; the GOP finds none");
    }

    private static Activity activity(long reads, List<Activity.Entry> last) {
        List<Activity.Register> registers = new ArrayList<>();
        registers.add(new Activity.Register((int) MIRROR.offset(), "", 1, 1, 0));
        for (int i = 0; i < reads; i++) {
            registers.add(new Activity.Register(4 * i, "", 1, 1, 0));
        }
        return new Activity(0, 0, reads, 0, 0, 0, 1, registers, last);
    }
}
