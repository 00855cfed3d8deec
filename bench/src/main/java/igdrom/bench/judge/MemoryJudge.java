package igdrom.bench.judge;

import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import java.util.List;
import java.util.OptionalLong;

/// Whether a ROM takes no more memory from the operating system than OpRegion and stolen memory.
public final class MemoryJudge {
    /// Alignment, and what firmware itself allocates differently.
    private static final long SLACK = 1 << 20;

    private static final long KIB = 1024;

    private MemoryJudge() {}

    /// Compares the first start of the guest with one without a ROM.
    ///
    /// @param baseline the bytes that are kept from the operating system without a ROM; empty when
    ///   unknown
    public static void judge(
            Expectation expected,
            Observations seen,
            OptionalLong baseline,
            List<Check> checks,
            List<String> notProved) {
        if (seen.looks().isEmpty()) {
            return;
        }
        if (baseline.isEmpty()) {
            notProved.add(
                    "that the ROM takes no more memory than it needs: the guest did not come up"
                            + " without it");
            return;
        }
        Look look = seen.looks().getFirst();
        long wanted = 0;
        for (int i = 0; i < expected.gpus().size(); i++) {
            Expectation.Gpu gpu = expected.gpus().get(i);
            Observations.Gpu device = look.gpus().get(i);
            if (gpu.opRegion() != null && device.asls() != 0) {
                wanted += gpu.opRegion().bytes().size();
            }
            if (gpu.stolen() != null && device.bdsm() != 0) {
                wanted += gpu.stolen().size();
            }
        }
        long more = look.witness().memory().keptBytes() - baseline.getAsLong() - wanted;
        checks.add(
                new Check(
                        "memory.kept",
                        more <= SLACK,
                        more <= SLACK
                                ? "nothing but OpRegion and stolen memory is kept from the"
                                        + " operating system"
                                : (more / KIB)
                                        + " KiB more than OpRegion and stolen memory are kept from"
                                        + " the operating system"));
    }
}
