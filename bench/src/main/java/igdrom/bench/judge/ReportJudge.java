package igdrom.bench.judge;

import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.PciAddress;
import igdrom.bench.witness.Witness.StartedImage;
import igdrom.bench.witness.Witness.Variable;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.DriverReport;
import igdrom.driver.DriverReport.Entry;
import igdrom.driver.DriverReport.Outcome;
import igdrom.driver.DriverReport.PolicyMember;
import igdrom.driver.DriverReport.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether the report of igdrom's driver is complete, free of failures, and true.
final class ReportJudge {
    private final String prefix;
    private final Expectation expected;
    private final Look look;

    ReportJudge(String prefix, Expectation expected, Look look) {
        this.prefix = prefix;
        this.expected = expected;
        this.look = look;
    }

    void judge(List<Check> checks) {
        Variable variable = look.witness().variable();
        if (variable.status() != 0) {
            checks.add(check("report", false, "the variable IgdromReport is missing"));
            return;
        }
        DriverReport report;
        try {
            report =
                    DriverReport.read(
                            variable.value(), Location.root("IgdromReport"), new Diagnostics());
        } catch (MalformedImageException e) {
            checks.add(check("report", false, String.valueOf(e.getMessage())));
            return;
        }
        checks.add(
                check(
                        "report",
                        report.lost() == 0,
                        "IgdromReport has %d entries, %s dropped"
                                .formatted(
                                        report.entries().size(),
                                        report.lost() == 0 ? "none" : report.lost())));
        checks.add(judgeSteps(report));
        for (int i = 0; i < expected.gpus().size(); i++) {
            Expectation.Gpu gpu = expected.gpus().get(i);
            checks.add(
                    judgeClaims(
                            i == 0 ? "report.true" : "second.report.true",
                            of(report, gpu.location()),
                            i));
        }
        if (expected.gop()) {
            checks.add(judgeQuestions(report));
        }
    }

    /// Whether a driver from a ROM asked for the VBT; the witness asks for it too.
    private Check judgeQuestions(DriverReport report) {
        List<String> members = new ArrayList<>();
        boolean vbt = false;
        for (Entry entry : report.entries()) {
            if (entry.is(Step.POLICY_ASKED) && isInRomImage(entry.value())) {
                members.add(PolicyMember.label(entry.detail()));
                vbt |= entry.detail() == PolicyMember.VBT.number();
            }
        }
        return check(
                "policy.asked",
                vbt,
                members.isEmpty()
                        ? "the GOP never asked for anything"
                        : "the GOP asked for " + String.join(", ", members));
    }

    private boolean isInRomImage(long address) {
        for (StartedImage image : look.witness().images()) {
            if (Long.compareUnsigned(address - image.base(), image.size()) < 0) {
                return true;
            }
        }
        return false;
    }

    private Check judgeSteps(DriverReport report) {
        List<String> failed = new ArrayList<>();
        for (Entry entry : report.entries()) {
            boolean bad =
                    entry.outcomeWord() == null
                            || entry.is(Outcome.FAILED)
                            || entry.is(Outcome.DIFFERS)
                            || entry.is(Outcome.INVALID);
            if (bad) {
                failed.add(describe(entry));
            }
        }
        return check(
                "report.steps",
                failed.isEmpty(),
                failed.isEmpty() ? "no step failed" : String.join(", ", failed));
    }

    private Check judgeClaims(String id, List<Entry> entries, int index) {
        if (entries.isEmpty()) {
            return check(id, false, "the report has no entry for this device");
        }
        ReportClaims claims =
                new ReportClaims(
                        expected.gpus().get(index),
                        look.gpus().get(index),
                        index == 0
                                ? look.witness().policies().stream().findFirst()
                                : Optional.empty());
        List<String> wrong = claims.wrong(entries);
        return check(
                id,
                wrong.isEmpty(),
                wrong.isEmpty()
                        ? "device, generation, addresses and sizes in the report are right"
                        : String.join("; ", wrong));
    }

    private static List<Entry> of(DriverReport report, PciAddress location) {
        long address =
                (long) location.segment() << 16
                        | (long) location.bus() << 8
                        | (long) location.device() << 3
                        | location.function();
        List<Entry> entries = new ArrayList<>();
        boolean inside = false;
        for (Entry entry : report.entries()) {
            if (entry.is(Step.DEVICE)) {
                inside = entry.detail() == address && entry.is(Outcome.FOUND);
            }
            if (inside) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static String describe(Entry entry) {
        return entry.subject() + ": " + entry.sentence();
    }

    private Check check(String id, boolean ok, String evidence) {
        return new Check(prefix + id, ok, evidence);
    }
}
