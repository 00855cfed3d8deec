package igdrom.plan.vm;

import igdrom.host.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks the definition of a virtual machine against its host and the ROM, as the hypervisor and
/// the guest would find out.
public final class VmChecks {
    private VmChecks() {}

    /// What is wrong, the errors of the hypervisor before what the guest notices.
    ///
    /// @param host the facts about the host, null when nothing is known
    /// @param rom what the ROM is for, null when it is not known
    public static List<VmProblem> check(
            VmDefinition vm, @Nullable Snapshot host, @Nullable RomFacts rom) {
        return new VmExamination(vm, host, rom).examine();
    }
}
