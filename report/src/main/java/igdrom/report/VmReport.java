package igdrom.report;

import igdrom.host.Snapshot;
import igdrom.hypervisor.ReadVm;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.host.Diagnosis;
import igdrom.plan.host.Verdict;
import igdrom.plan.vm.IgdDevice;
import igdrom.plan.vm.RomFacts;
import igdrom.plan.vm.VmChecks;
import igdrom.plan.vm.VmProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wrong with an existing definition of a virtual machine.
///
/// @param findings by their lines, those without one last
/// @param host what is the matter with the host, null where nothing is known about it or the
///   definition has no IGD
public record VmReport(ReadVm vm, List<Finding> findings, @Nullable DoctorReport host)
        implements PageReport {
    private static final Comparator<Finding> ORDER =
            Comparator.comparingInt((Finding finding) ->
                            finding.line == 0 ? Integer.MAX_VALUE : finding.line)
                    .thenComparing(
                            finding -> finding.problem.severity(), Comparator.reverseOrder());

    /// A problem, and the line that has it.
    ///
    /// @param line from 1; 0 when something is missing, or is a default
    /// @param text of the line, empty without one
    public record Finding(int line, String text, VmProblem problem) {}

    public VmReport {
        findings = List.copyOf(findings);
    }

    /// Checks a definition.
    ///
    /// @param text of its file
    /// @param host the facts about the host, null when nothing is known
    /// @param source where they are from
    /// @param rom what its ROM is for, null when that is not known
    /// @param romMissing whether the host has no such file
    public static VmReport of(
            ReadVm vm,
            String text,
            @Nullable Snapshot host,
            HostSource source,
            @Nullable RomFacts rom,
            boolean romMissing) {
        List<VmProblem> problems = new ArrayList<>(vm.problems());
        IgdDevice igd = vm.vm().igd();
        if (romMissing && igd != null) {
            String file = String.valueOf(igd.romFile());
            problems.add(
                    new VmProblem(
                            Severity.ERROR,
                            VmProblem.ROM,
                            "there is no " + file,
                            "failed to find romfile \"" + file + "\"",
                            "copy the ROM there"));
        }
        problems.addAll(VmChecks.check(vm.vm(), host, rom));
        String[] lines = text.split("\n", -1);
        List<Finding> findings = new ArrayList<>();
        for (VmProblem problem : problems) {
            int line = vm.line(problem.subject());
            String shown = line > 0 && line <= lines.length ? lines[line - 1].strip() : "";
            findings.add(new Finding(line, shown, problem));
        }
        findings.sort(ORDER);
        return new VmReport(
                vm, findings, host == null || igd == null ? null : doctor(host, source, igd));
    }

    private static DoctorReport doctor(Snapshot host, HostSource source, IgdDevice igd) {
        Diagnosis whole = Diagnosis.of(host);
        return new DoctorReport(
                source,
                isVirtualFunction(igd.host(), host.igd().address())
                        ? whole.ofVirtualFunction()
                        : whole,
                List.of(),
                null);
    }

    /// Whether an address is that of another function of the same device.
    private static boolean isVirtualFunction(String address, String igd) {
        int dot = igd.lastIndexOf('.');
        return address.startsWith(igd.substring(0, dot + 1)) && !address.equals(igd);
    }

    /// No when a finding is an error, or when the host cannot hand over its IGD.
    @Override
    public Answer answer() {
        for (Finding finding : findings) {
            if (finding.problem.severity() == Severity.ERROR) {
                return Answer.NO;
            }
        }
        return host != null && host.diagnosis().verdict() == Verdict.NO ? Answer.NO : Answer.YES;
    }
}
