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

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Checks that the report of igdrom's driver is complete, has no failed step, and agrees with the
/// registers.
final class ReportJudge {
    private static final int FLAG_BITS = 20;

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
                        "IgdromReport has %d entries, %d dropped"
                                .formatted(report.entries().size(), report.lost())));
        checks.add(steps(report));
        for (int i = 0; i < expected.gpus().size(); i++) {
            Expectation.Gpu gpu = expected.gpus().get(i);
            checks.add(
                    matchesRegisters(
                            i == 0 ? "report.true" : "second.report.true",
                            of(report, gpu.location()),
                            look.gpus().get(i)));
        }
        if (expected.gop()) {
            checks.add(requestsVbt(report));
        }
    }

    /// Checks that a driver from a ROM requested the VBT: the witness requests it too.
    private Check requestsVbt(DriverReport report) {
        List<String> members = new ArrayList<>();
        boolean vbt = false;
        for (Entry entry : report.entries()) {
            if (entry.is(Step.POLICY_ASKED) && isFromRom(entry.value())) {
                members.add(PolicyMember.label(entry.detail()));
                vbt |= entry.detail() == PolicyMember.VBT.number();
            }
        }
        return check(
                "policy.asked",
                vbt,
                members.isEmpty()
                        ? "the GOP did not request the policy"
                        : "the GOP requested " + String.join(", ", members));
    }

    private boolean isFromRom(long address) {
        for (StartedImage image : look.witness().images()) {
            if (Long.compareUnsigned(address - image.base(), image.size()) < 0) {
                return true;
            }
        }
        return false;
    }

    private Check steps(DriverReport report) {
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

    /// Compares the addresses in the report with the registers.
    private Check matchesRegisters(String id, List<Entry> entries, Observations.Gpu seen) {
        if (entries.isEmpty()) {
            return check(id, false, "the driver does not report this device");
        }
        Entry opRegion = last(entries, Step.OPREGION);
        Entry stolen = last(entries, Step.STOLEN);
        long asls = opRegion == null ? 0 : opRegion.value();
        long base = stolen == null ? 0 : stolen.value();
        long bdsm = seen.bdsm() >>> FLAG_BITS << FLAG_BITS;
        boolean same = asls == seen.asls() && base == bdsm;
        return check(
                id,
                same,
                same
                        ? "the driver reports the addresses in the registers"
                        : "the driver reports 0x%x and 0x%x, the registers hold 0x%x and 0x%x"
                                .formatted(asls, base, seen.asls(), bdsm));
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

    private static @Nullable Entry last(List<Entry> entries, Step step) {
        Entry found = null;
        for (Entry entry : entries) {
            if (entry.is(step) && !entry.is(Outcome.REPAIRED)) {
                found = entry;
            }
        }
        return found;
    }

    private static String describe(Entry entry) {
        return entry.subject() + ": " + entry.sentence();
    }

    private Check check(String id, boolean ok, String evidence) {
        return new Check(prefix + id, ok, evidence);
    }
}
