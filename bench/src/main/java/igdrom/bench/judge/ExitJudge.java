package igdrom.bench.judge;

import igdrom.bench.judge.Expectation.OpRegion;
import igdrom.bench.judge.Expectation.Stolen;
import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.MemoryMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether an operating system still finds everything after ExitBootServices, where drivers may
/// free memory and change registers.
final class ExitJudge {
    private final String prefix;
    private final Expectation expected;
    private final boolean gop;
    private final Look before;

    ExitJudge(String prefix, Expectation expected, boolean gop, Look before) {
        this.prefix = prefix;
        this.expected = expected;
        this.gop = gop;
        this.before = before;
    }

    /// @param ending why the run ended early
    void judge(String ending, List<Check> checks, List<String> notProved) {
        Look after = reached(ending, checks, notProved);
        if (after == null) {
            return;
        }
        for (int i = 0; i < expected.gpus().size(); i++) {
            String name = i == 0 ? prefix : prefix + "second.";
            Expectation.Gpu gpu = expected.gpus().get(i);
            Observations.Gpu first = before.gpus().get(i);
            if (gpu.opRegion() != null && first.asls() != 0) {
                checks.add(opRegion(name, gpu.opRegion(), first, after, i));
            }
            if (gpu.stolen() != null && first.bdsm() != 0) {
                checks.add(stolen(name, gpu.stolen(), first, after, i));
            }
        }
        judgeReport(after, checks);
    }

    /// The same where the registers are the host's.
    ///
    /// @param ending why the run ended early
    void judgeRaw(HostState host, String ending, List<Check> checks, List<String> notProved) {
        Look after = reached(ending, checks, notProved);
        if (after == null) {
            return;
        }
        Observations.Gpu first = before.gpus().getFirst();
        Observations.Gpu then = after.gpus().getFirst();
        OpRegion opRegion = expected.gpus().getFirst().opRegion();
        if (!host.aslsAlways()) {
            checks.add(unchanged("exit.host.asls", "ASLS", first.asls(), then.asls()));
        } else if (opRegion != null) {
            checks.add(opRegion(prefix, opRegion, first, after, 0));
        }
        if (host.bdsm() != 0) {
            checks.add(unchanged("exit.host.bdsm", "BDSM", first.bdsm(), then.bdsm()));
        }
        judgeReport(after, checks);
    }

    private Check unchanged(String id, String register, long first, long then) {
        return new Check(
                prefix + id,
                first == then,
                first == then
                        ? register + " has not changed"
                        : "%s was 0x%x and is 0x%x now".formatted(register, first, then));
    }

    /// The look after ExitBootServices; null when the guest did not get that far.
    private @Nullable Look reached(String ending, List<Check> checks, List<String> notProved) {
        Look after = before.afterExit();
        if (after == null) {
            checks.add(new Check(prefix + "exit", false, ending));
            notProved.add(prefix + "anything after ExitBootServices: the guest did not get there");
            return null;
        }
        long status = after.witness().exit().orElseThrow();
        checks.add(
                new Check(
                        prefix + "exit",
                        status == 0,
                        status == 0
                                ? "ExitBootServices succeeds"
                                : "ExitBootServices returns status 0x" + Long.toHexString(status)));
        return after;
    }

    private void judgeReport(Look after, List<Check> checks) {
        if (expected.igdromDriver() && before.witness().variable().status() == 0) {
            // The witness asked for the policy after it had read the report, which has grown.
            boolean there = after.witness().variable().status() == 0;
            checks.add(
                    new Check(
                            prefix + "exit.report",
                            there,
                            there
                                    ? "IgdromReport is still there"
                                    : "the variable IgdromReport is missing"));
        }
    }

    private Check opRegion(
            String name, OpRegion wanted, Observations.Gpu first, Look after, int index) {
        Observations.Gpu then = after.gpus().get(index);
        List<String> problems = new ArrayList<>();
        if (then.asls() != first.asls()) {
            problems.add("ASLS is 0x%x, it was 0x%x".formatted(then.asls(), first.asls()));
        }
        long size = wanted.bytes().size();
        if (isFreed(after, first.asls(), size)) {
            problems.add("its memory is " + after.witness().memory().describe(first.asls(), size));
        }
        if (then.asls() == first.asls() && !then.opRegion().equals(first.opRegion())) {
            problems.add("its bytes have changed");
        }
        return check(
                name + "exit.opregion",
                problems,
                "ASLS, the OpRegion and its memory are unchanged");
    }

    private Check stolen(
            String name, Stolen wanted, Observations.Gpu first, Look after, int index) {
        Observations.Gpu then = after.gpus().get(index);
        List<String> problems = new ArrayList<>();
        if (then.bdsm() != first.bdsm()) {
            problems.add("BDSM is 0x%x, it was 0x%x".formatted(then.bdsm(), first.bdsm()));
        }
        long base = first.bdsm() & -(1L << 20);
        if (isFreed(after, base, wanted.size())) {
            problems.add("it is " + after.witness().memory().describe(base, wanted.size()));
        }
        if (!gop && then.bdsm() == first.bdsm() && !then.stolen().equals(first.stolen())) {
            problems.add("its contents have changed");
        }
        return check(name + "exit.stolen", problems, "BDSM and stolen memory are unchanged");
    }

    /// Whether memory that was set aside no longer is. What was never set aside is reported by the
    /// judge of its subject.
    private boolean isFreed(Look after, long start, long size) {
        return isSetAside(before.witness().memory(), start, size)
                && !isSetAside(after.witness().memory(), start, size);
    }

    private static boolean isSetAside(MemoryMap memory, long start, long size) {
        return memory.covers(start, size, MemoryMap.ACPI_NVS, MemoryMap.RESERVED);
    }

    private static Check check(String id, List<String> problems, String fine) {
        return new Check(
                id, problems.isEmpty(), problems.isEmpty() ? fine : String.join("; ", problems));
    }
}
