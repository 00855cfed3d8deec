package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Verdict.Interruption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptionsTest {
    @Test
    void guest_that_had_its_processor_time_and_stands_still_is_judged() {
        assertThat(Interruptions.ofTime(120, Interruptions.NEEDED, Duration.ofSeconds(30), true))
                .isNull();
    }

    @Test
    void time_limit_before_that_says_that_it_ran_out() {
        assertThat(Interruptions.ofTime(5, Interruptions.NEEDED, Duration.ofMillis(3900), true))
                .isEqualTo(
                        new Interruption(
                                false,
                                "the time limit of 5 s ran out when the guest had used 3 s of"
                                        + " processor time"));
        assertThat(Interruptions.ofTime(120, Interruptions.NEEDED, Duration.ofSeconds(100), false))
                .isEqualTo(
                        new Interruption(
                                false,
                                "the time limit of 120 s ran out when the guest had used 100 s of"
                                        + " processor time and was still working"));
    }

    @Test
    void timeout_of_qemu_is_no_verdict_on_the_rom() {
        assertThat(
                        Interruptions.ofQemu(
                                List.of("vfio: gpu0.socket: timed out waiting for reply", "x")))
                .isEqualTo(
                        new Interruption(
                                true, "QEMU timed out waiting for reply from the virtual GPU"));
        assertThat(Interruptions.ofQemu(List.of("no such machine"))).isNull();
    }

    @Test
    void host_that_ends_by_itself_is_no_verdict_on_the_rom() {
        String panic = "[    4.2] Kernel panic - not syncing: timer doesn't work";
        assertThat(Interruptions.of(List.of(), List.of("igdrom-host driver vfio-pci", panic)))
                .isEqualTo(
                        new Interruption(
                                true,
                                "the emulated host has failed: [    4.2] Kernel panic - not"
                                        + " syncing: timer doesn't work"));
        assertThat(Interruptions.of(List.of(), List.of("igdrom-host driver vfio-pci"))).isNull();
    }

    @Test
    void failed_assertion_of_emulated_svm_is_no_verdict_on_the_rom() {
        String line = "ERROR:system/cpus.c:276:cpu_interrupt: assertion failed: (bql_locked())";
        assertThat(Interruptions.of(List.of(line), List.of()))
                .isEqualTo(new Interruption(true, "QEMU's emulation of SVM has failed"));
    }

    @Test
    void stage_of_minutes_comes_with_their_number_and_the_limit() {
        long left = Duration.ofMinutes(15).toNanos();
        assertThat(Interruptions.minutes("the host's kernel starts", 1200, left))
                .isEqualTo("the host's kernel starts (minute 6 of 20 at most)");
    }
}
