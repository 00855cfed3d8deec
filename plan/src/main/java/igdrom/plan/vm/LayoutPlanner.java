package igdrom.plan.vm;

import igdrom.host.Snapshot;
import org.jspecify.annotations.Nullable;

/// Lays out the memory of guests for an IGD.
public final class LayoutPlanner {
    private LayoutPlanner() {}

    /// Places OpRegion and stolen memory, at the host's own addresses where the guest has memory
    /// there.
    ///
    /// @param host the facts about the host, null when nothing is known
    public static LayoutResult plan(LayoutRequest request, @Nullable Snapshot host) {
        return new LayoutPlanning(request, host).plan();
    }
}
