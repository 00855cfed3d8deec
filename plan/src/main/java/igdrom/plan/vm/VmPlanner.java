package igdrom.plan.vm;

import igdrom.host.Snapshot;
import org.jspecify.annotations.Nullable;

/// Plans virtual machines with an IGD.
public final class VmPlanner {
    private VmPlanner() {}

    /// Decides everything that a request leaves open, or refuses it.
    ///
    /// @param host the facts about the host, null when nothing is known
    /// @param rom what the ROM is for, null for none
    public static VmResult plan(
            VmRequest request, @Nullable Snapshot host, @Nullable RomFacts rom) {
        return new VmPlanning(request, host, rom).plan();
    }
}
