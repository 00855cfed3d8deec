package igdrom.report;

import igdrom.plan.host.CheckName;
import igdrom.plan.host.Diagnosis;
import igdrom.plan.host.Fix;
import igdrom.plan.host.HostCheck;
import igdrom.plan.host.HostRemedy;
import igdrom.plan.host.State;
import igdrom.rom.Check;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A diagnosis as people read it: what is not known and cannot be helped is one line, what only
/// root can read is another, and a remedy of igdrom itself is said once.
///
/// @param checks that have a line of their own
/// @param forRoot the ids of checks whose facts only root can read
/// @param forRootFixes how root reads them, empty where that is said elsewhere
/// @param unknown the ids of checks whose facts are missing
/// @param rom the checks of a ROM that its owner has to know about
/// @param next what to do next
public record DoctorLines(
        List<Line> checks,
        List<String> forRoot,
        List<Fix.Do> forRootFixes,
        List<String> unknown,
        List<Check> rom,
        List<Fix.Do> next) {
    /// The subject of the note that a ROM is for another device.
    private static final String ROM_IDS = "ids";

    private static final Fix.Use ROOT = new Fix.Use(HostRemedy.READ_AS_ROOT);

    /// Checks besides the decisive ones that can fail.
    private static final Set<CheckName> PREVENTING =
            EnumSet.of(
                    CheckName.BRIDGES, CheckName.REGISTERS, CheckName.FRAMEBUFFER, CheckName.VFIO);

    /// A check and its fixes.
    public record Line(HostCheck check, List<Fix.Do> fixes) {
        public Line {
            fixes = List.copyOf(fixes);
        }

        /// Whether there is something to know or to do.
        public boolean isWrong() {
            return check.state() == State.WARNING || check.state() == State.FAILURE;
        }
    }

    public DoctorLines {
        checks = List.copyOf(checks);
        forRoot = List.copyOf(forRoot);
        forRootFixes = List.copyOf(forRootFixes);
        unknown = List.copyOf(unknown);
        rom = List.copyOf(rom);
        next = List.copyOf(next);
    }

    /// The lines of a report.
    ///
    /// @param brief whether only problems are wanted
    public static DoctorLines of(DoctorReport report, boolean brief, Wording wording) {
        Diagnosis diagnosis = report.diagnosis();
        Set<HostRemedy> said = EnumSet.noneOf(HostRemedy.class);
        if (!brief) {
            said.addAll(diagnosis.next());
        }
        List<Line> checks = new ArrayList<>();
        List<String> forRoot = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (HostCheck check : diagnosis.checks()) {
            boolean decisive = diagnosis.because().contains(check.name());
            if (check.state() == State.UNKNOWN && !decisive) {
                if (check.fixes().isEmpty()) {
                    unknown.add(check.name().id());
                    continue;
                }
                if (check.fixes().equals(List.of(ROOT))) {
                    forRoot.add(check.name().id());
                    continue;
                }
            }
            boolean wrong = check.state() == State.WARNING || check.state() == State.FAILURE;
            if (!brief || wrong || decisive) {
                checks.add(new Line(check, fixes(check.fixes(), said, report, wording)));
            }
        }
        return new DoctorLines(
                checks,
                brief ? List.of() : forRoot,
                brief || forRoot.isEmpty()
                        ? List.of()
                        : fixes(List.of(ROOT), said, report, wording),
                brief ? List.of() : unknown,
                report.rom() == null ? List.of() : rom(report.rom()),
                brief
                        ? List.of()
                        : diagnosis.next().stream()
                                .map(remedy -> wording.remedy(remedy, report.source()))
                                .toList());
    }

    private static List<Fix.Do> fixes(
            List<Fix> fixes, Set<HostRemedy> said, DoctorReport report, Wording wording) {
        List<Fix.Do> all = new ArrayList<>();
        for (Fix fix : fixes) {
            switch (fix) {
                case Fix.Do own -> all.add(own);
                case Fix.Use(HostRemedy remedy) -> {
                    if (said.add(remedy)) {
                        all.add(wording.remedy(remedy, report.source()));
                    }
                }
            }
        }
        return all;
    }

    private static List<Check> rom(RomCheckReport rom) {
        List<Check> shown = new ArrayList<>();
        for (Check check : rom.checks().checks()) {
            boolean otherIds =
                    check.verdict() == Check.Verdict.NOTE && check.subject().equals(ROM_IDS);
            if (check.verdict() == Check.Verdict.BAD || otherIds) {
                shown.add(check);
            }
        }
        return shown;
    }

    /// Whether a check that could prevent it has no result.
    private static boolean isOpen(Diagnosis diagnosis) {
        return diagnosis.checks().stream()
                .anyMatch(check ->
                        check.state() == State.UNKNOWN && PREVENTING.contains(check.name()));
    }

    /// The verdict as a clause.
    public static String verdict(Diagnosis diagnosis) {
        List<String> because = diagnosis.because().stream().map(CheckName::id).toList();
        String names = String.join(", ", because);
        return switch (diagnosis.verdict()) {
            case YES ->
                    "this host can hand its IGD to a guest"
                            + (isOpen(diagnosis) ? ", as far as the facts show" : "");
            case NO -> "this host cannot hand over an IGD before this is fixed: " + names;
            case UNKNOWN -> "not known yet: " + names;
        };
    }
}
