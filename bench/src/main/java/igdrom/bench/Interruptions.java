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
    static final Duration NEEDED_IN_HOST = Duration.ofMinutes(3);

    /// Source: QEMU, hw/vfio-user/proxy.c: the client waits for `x-msg-timeout`.
    private static final String TIMED_OUT = "timed out waiting for reply";

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
        return lines.stream().anyMatch(line -> line.contains(TIMED_OUT))
                ? new Interruption(true, "QEMU " + TIMED_OUT + " from the virtual GPU")
                : null;
    }
}
