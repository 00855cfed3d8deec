package igdrom.bench.judge;

import igdrom.bench.judge.Verdict.Check;
import igdrom.knowledge.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether the guest's stolen memory is where registers that keep the host's values expect it.
///
/// Source: Linux, drivers/gpu/drm/i915/gem/i915_gem_stolen.c, `init_reserved_stolen`, compares BDSM
/// with the reserved part by register 0x1082C0; lf-edge/eve, pull request 6432, reports Code 43 of
/// Windows.
public final class HostJudge {
    /// The graphics versions whose drivers find the reserved part by an address.
    private static final int FIRST = 1100;

    private static final int LAST = 1269;
    private static final long MIB = 1 << 20;

    private HostJudge() {}

    /// Judges the first device; another one cannot have the same memory.
    public static void judge(
            Expectation expected,
            Observations seen,
            HostState host,
            List<Check> checks,
            List<String> notProved) {
        Expectation.Gpu gpu = expected.gpus().getFirst();
        if (gpu.stolen() == null || !compares(gpu.platform())) {
            return;
        }
        for (int i = 0; i < seen.looks().size(); i++) {
            String prefix = i == 0 ? "" : "reboot.";
            long base = seen.looks().get(i).gpus().getFirst().bdsm() & -MIB;
            boolean same = base == host.stolenBase();
            if (!host.told().isEmpty()) {
                checks.add(
                        new Check(
                                prefix + "stolen.host",
                                same,
                                same
                                        ? "0x%x, as on the host by %s".formatted(base, host.told())
                                        : "0x%x, but the host's is at 0x%x: i915 skips the region,"
                                                        .formatted(base, host.stolenBase())
                                                + " and Code 43 of Windows has been reported"));
            } else if (i == 0) {
                notProved.add(
                        "that stolen memory may lie elsewhere than on the host: i915 then skips the"
                                + " region, and Code 43 of Windows has been reported; tell the ROM"
                                + " the host's address");
            }
        }
    }

    /// Whether drivers for this platform compare BDSM with an address of the host.
    public static boolean compares(@Nullable Platform platform) {
        return platform != null
                && platform.graphicsVersion() >= FIRST
                && platform.graphicsVersion() <= LAST;
    }
}
