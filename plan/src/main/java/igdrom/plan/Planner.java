package igdrom.plan;

import org.jspecify.annotations.Nullable;

/// Plans a ROM.
public final class Planner {
    private Planner() {}

    /// Decides what goes into a ROM.
    ///
    /// @param host facts of the machine that the ROM is for, null when none are known
    public static PlanResult plan(RomRequest request, Parts parts, @Nullable HostFacts host) {
        return new RomPlanning(request, parts, host).plan();
    }
}
