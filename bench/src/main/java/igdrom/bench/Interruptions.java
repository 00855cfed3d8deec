package igdrom.bench;

import igdrom.bench.judge.Verdict.Interruption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When a run says more about this machine than about the ROM.
final class Interruptions {
    /// What a guest with a slow GOP needs. A guest that has used it and stands still is judged. In
    /// a guest of an emulated host it is [#NEEDED_IN_HOST].
    ///
    /// Observed: 4 seconds without a GOP, 8 to 15 with one.
    static final Duration NEEDED = Duration.ofSeconds(30);

    /// Observed: 80 to 90 seconds with a GOP.
    static final Duration NEEDED_IN_HOST = Duration.ofMinutes(5);

    /// Source: QEMU, hw/vfio-user/proxy.c: the client waits for `x-msg-timeout`.
    private static final String TIMED_OUT = "timed out waiting for reply";

    /// Source: QEMU 11.1, system/cpus.c: KVM on its emulation of SVM, unless the module is changed.
    private static final String SVM_FAILED = "cpu_interrupt: assertion failed";

    /// What the kernel of an emulated host prints when it cannot go on, or ends its QEMU.
    ///
    /// Source: Linux, kernel/panic.c; mm/oom_kill.c.
    private static final List<String> HOST_FAILED =
            List.of("Kernel panic - not syncing", "Out of memory: Killed process");

    private Interruptions() {}

    /// Why a guest that has not finished within the time limit is not judged, null when it is: it
    /// had enough of the processor, and does nothing new.
    ///
    /// @param needed the processor time that a guest needs at most
    /// @param standsStill whether the guest does nothing new
    static @Nullable Interruption ofTime(
            int seconds, Duration needed, Duration used, boolean standsStill) {
        if (standsStill && used.compareTo(needed) >= 0) {
            return null;
        }
        return new Interruption(
                false,
                "the time limit of %d s ran out when the guest had used %d s of processor time%s"
                        .formatted(
                                seconds,
                                used.toSeconds(),
                                standsStill ? "" : " and was still working"));
    }

    /// The interruption that QEMU reports, null for none.
    ///
    /// @param lines of QEMU's standard error
    static @Nullable Interruption ofQemu(List<String> lines) {
        if (lines.stream().anyMatch(line -> line.contains(TIMED_OUT))) {
            return new Interruption(true, "QEMU " + TIMED_OUT + " from the virtual GPU");
        }
        return lines.stream().anyMatch(line -> line.contains(SVM_FAILED))
                ? new Interruption(true, "QEMU's emulation of SVM has failed")
                : null;
    }

    /// The interruption that QEMU or an emulated host reports, null for none.
    static @Nullable Interruption of(List<String> qemu, List<String> host) {
        Interruption byQemu = ofQemu(qemu);
        return byQemu == null ? ofHost(host) : byQemu;
    }

    /// A stage of a run, for the user, with the minutes that have passed and the limit.
    ///
    /// @param left nanoseconds
    static String minutes(String stage, int seconds, long left) {
        Duration limit = Duration.ofSeconds(seconds);
        return "%s (minute %d of %d at most)"
                .formatted(
                        stage,
                        limit.minusNanos(Math.max(0, left)).toMinutes() + 1,
                        limit.plusSeconds(59).toMinutes());
    }

    /// The interruption that the console of an emulated host reports, null for none: a ROM does not
    /// end a host.
    static @Nullable Interruption ofHost(List<String> lines) {
        return lines.stream()
                .filter(line -> HOST_FAILED.stream().anyMatch(line::contains))
                .findFirst()
                .map(line ->
                        new Interruption(true, "the emulated host has failed: " + line.strip()))
                .orElse(null);
    }
}
