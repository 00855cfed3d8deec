package igdrom.bench.judge;

import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.MemoryMap;
import igdrom.bench.witness.PciAddress;
import igdrom.knowledge.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Judges a run on a host whose hypervisor emulates neither ASLS nor BDSM: the ROM must leave the
/// host as it is, and must not let a GOP draw where the host's stolen memory is.
public final class RawJudge {
    private static final long MIB = 1 << 20;
    private static final int MIN_COLOURS = 2;

    private final Expectation expected;
    private final HostState host;
    private final Observations seen;
    private final List<Check> checks = new ArrayList<>();
    private final List<String> notProved = new ArrayList<>();

    private RawJudge(Expectation expected, HostState host, Observations seen) {
        this.expected = expected;
        this.host = host;
        this.seen = seen;
    }

    public static Verdict verdict(Expectation expected, HostState host, Observations seen) {
        RawJudge judge = new RawJudge(expected, host, seen);
        judge.judge();
        return new Verdict(judge.checks, judge.notProved);
    }

    private void judge() {
        Looks.judge(expected, seen, checks, notProved, this::judgeLook);
        notProved.add("that the guest's system works without a hypervisor that emulates registers");
        notProved.add("real hardware, and the drivers of the operating system");
    }

    private void judgeLook(String prefix, Look look) {
        if (expected.igdromDriver()) {
            boolean reported = look.witness().variable().status() == 0;
            checks.add(
                    new Check(
                            prefix + "report",
                            reported,
                            reported
                                    ? "the driver has left its report"
                                    : "the driver has left no report: nothing shows that it ran"));
        }
        Observations.Gpu gpu = look.gpus().getFirst();
        if (host.aslsAlways()) {
            checks.addAll(new OpRegionJudge(prefix, expected.gpus().getFirst(), look, gpu).judge());
            notProved.add(
                    prefix
                            + "that the host's ASLS is unchanged: the ROM is to write it, and the"
                            + " host has lost it until it is rebooted");
        } else {
            checks.add(unchanged(prefix + "host.asls", "ASLS", host.asls(), gpu.asls()));
        }
        if (host.bdsm() != 0) {
            checks.add(unchanged(prefix + "host.bdsm", "BDSM", host.bdsm(), gpu.bdsm()));
        }
        judgeDrawing(prefix, look, gpu);
        new ExitJudge(prefix, expected, expected.gop(), look)
                .judgeRaw(host, seen.ending(), checks, notProved);
    }

    private static Check unchanged(String id, String register, long before, long now) {
        return new Check(
                id,
                before == now,
                before == now
                        ? "%s of the host is unchanged, 0x%x".formatted(register, now)
                        : "%s of the host was 0x%x and is 0x%x now"
                                .formatted(register, before, now));
    }

    private void judgeDrawing(String prefix, Look look, Observations.Gpu gpu) {
        Platform platform = expected.gpus().getFirst().platform();
        boolean ours =
                platform != null
                        && platform.stolenInGuest()
                        && look.witness()
                                .memory()
                                .covers(gpu.bdsm() & -MIB, host.stolenSize(), MemoryMap.RESERVED);
        boolean policies = !look.witness().policies().isEmpty();
        boolean mayDraw = ours || platform == null || !platform.stolenInGuest();
        if (mayDraw) {
            if (policies) {
                new PolicyJudge(prefix, expected, look).judge(checks, notProved);
            }
        } else if (expected.igdromDriver()) {
            checks.add(new PolicyJudge(prefix, expected, look).withheld());
        }
        boolean intact = ours || host.pages() == 0;
        checks.add(
                new Check(
                        prefix + "host.pages",
                        intact,
                        intact
                                ? "the page table never pointed at memory of the host"
                                : "%d entries of the page table pointed at 0x%x to 0x%x: %s"
                                        .formatted(
                                                host.pages(),
                                                host.stolenBase(),
                                                host.stolenBase() + host.stolenSize(),
                                                look.witness()
                                                        .memory()
                                                        .describe(
                                                                host.stolenBase(),
                                                                host.stolenSize()))));
        if (expected.gop()) {
            judgeGop(prefix, look, mayDraw && policies);
        }
    }

    /// @param draws whether the GOP has what it needs
    private void judgeGop(String prefix, Look look, boolean draws) {
        PciAddress first = expected.gpus().getFirst().location();
        boolean started =
                look.witness().graphics().stream()
                        .anyMatch(graphics ->
                                Objects.equals(graphics.controller().orElse(null), first));
        Observations.Picture picture = seen.picture();
        // The host's firmware may have left the screen on, but it shows nothing.
        boolean dark = !started && (picture == null || picture.colours() < MIN_COLOURS);
        if (draws) {
            checks.add(
                    new Check(
                            prefix + "gop.picture",
                            started && picture != null && picture.colours() >= MIN_COLOURS,
                            picture == null
                                    ? "the screen is off" + gop()
                                    : PictureJudge.describe(picture)));
        } else {
            checks.add(
                    new Check(
                            prefix + "gop.withheld",
                            dark,
                            dark
                                    ? "the GOP gave up and draws nothing"
                                    : "the GOP draws, though the guest has no stolen memory"));
        }
    }

    private String gop() {
        return seen.gop().isEmpty() ? "" : "; " + seen.gop();
    }
}
