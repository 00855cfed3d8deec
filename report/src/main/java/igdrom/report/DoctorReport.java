package igdrom.report;

import igdrom.plan.host.Diagnosis;
import igdrom.plan.host.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is the matter with a host, and what to do.
///
/// @param files that were read; empty unless there are several
/// @param rom the checks of a ROM for it, null when none was given
public record DoctorReport(
        HostSource source, Diagnosis diagnosis, List<ReadFile> files, @Nullable RomCheckReport rom)
        implements PageReport {
    /// A file with facts.
    ///
    /// @param kinds what it was taken for, such as `lspci`
    /// @param problem why it says nothing; empty when it says something
    public record ReadFile(String name, List<String> kinds, String problem) {
        public ReadFile {
            kinds = List.copyOf(kinds);
        }
    }

    public DoctorReport {
        files = List.copyOf(files);
    }

    /// Yes only when the host can hand over its IGD: what cannot be told is not good.
    @Override
    public Answer answer() {
        boolean good = rom == null || rom.answer() == Answer.YES;
        return good && diagnosis.verdict() == Verdict.YES ? Answer.YES : Answer.NO;
    }
}
