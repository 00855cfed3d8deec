package igdrom.bench.judge;

import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.DriverReport;
import igdrom.driver.DriverReport.Outcome;
import igdrom.driver.DriverReport.Step;
import java.util.ArrayList;
import java.util.List;

/// Judges a run on a virtual function of SR-IOV, which has no OpRegion, no stolen memory and no
/// display: the ROM must leave it alone.
public final class VirtualFunctionJudge {
    private final Expectation expected;
    private final Observations seen;
    private final List<Check> checks = new ArrayList<>();
    private final List<String> notProved = new ArrayList<>();

    private VirtualFunctionJudge(Expectation expected, Observations seen) {
        this.expected = expected;
        this.seen = seen;
    }

    public static Verdict verdict(Expectation expected, Observations seen) {
        VirtualFunctionJudge judge = new VirtualFunctionJudge(expected, seen);
        judge.judge();
        return new Verdict(judge.checks, judge.notProved);
    }

    private void judge() {
        Looks.judge(expected, seen, checks, notProved, this::judgeLook);
        notProved.add("that the physical function gives this one what it needs");
        notProved.add("real hardware, and the drivers of the operating system");
    }

    private void judgeLook(String prefix, Look look) {
        judgeWrites(prefix, look);
        if (expected.igdromDriver()) {
            judgeReport(prefix, look);
            boolean policies = !look.witness().policies().isEmpty();
            checks.add(
                    new Check(
                            prefix + "policy.withheld",
                            !policies,
                            policies
                                    ? "a PlatformGopPolicy is installed, though there is no display"
                                    : "no PlatformGopPolicy, so that a GOP gives up"));
        }
        if (expected.gop()) {
            boolean dark = look.witness().graphics().isEmpty() && seen.picture() == null;
            checks.add(
                    new Check(
                            prefix + "gop.withheld",
                            dark,
                            dark ? "the GOP gave up" : "the GOP started without a display"));
        }
    }

    private void judgeWrites(String prefix, Look look) {
        WrittenRegisters written = new WrittenRegisters(look.gpus().getFirst().writes());
        List<String> others = new ArrayList<>(written.others(null));
        if (written.hasAsls()) {
            others.add("ASLS was written");
        }
        checks.add(
                new Check(
                        prefix + "driver.writes",
                        others.isEmpty(),
                        others.isEmpty()
                                ? "no register but the command register was written"
                                : String.join("; ", others)));
    }

    private void judgeReport(String prefix, Look look) {
        String problem = "";
        try {
            DriverReport report =
                    DriverReport.read(
                            look.witness().variable().value(),
                            Location.root("IgdromReport"),
                            new Diagnostics());
            for (Step step : List.of(Step.STOLEN, Step.OPREGION)) {
                boolean said =
                        report.entries().stream()
                                .anyMatch(entry ->
                                        entry.is(step) && entry.is(Outcome.VIRTUAL_FUNCTION));
                if (!said) {
                    problem = "the report does not say that this is a virtual function";
                }
            }
        } catch (MalformedImageException e) {
            problem = String.valueOf(e.getMessage());
        }
        checks.add(
                new Check(
                        prefix + "report.virtual",
                        problem.isEmpty(),
                        problem.isEmpty()
                                ? "the driver reports a virtual function, without an OpRegion or"
                                        + " stolen memory"
                                : problem));
    }
}
