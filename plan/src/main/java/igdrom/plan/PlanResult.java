package igdrom.plan;

import igdrom.host.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of a request: a plan, or why there is none.
public sealed interface PlanResult permits Plan, PlanResult.Refused {
    /// What there is to say, errors first of all.
    List<PlanMessage> remarks();

    /// Decides everything.
    ///
    /// @param host facts of the machine that the ROM is for, null when nothing is known of it
    static PlanResult of(RomRequest request, Parts parts, @Nullable Snapshot host) {
        return of(request, parts, host, null);
    }

    /// Decides everything.
    ///
    /// @param host facts of the machine that the ROM is for, null when nothing is known of it
    /// @param hostFile that they are from, null when they are from the machine itself
    static PlanResult of(
            RomRequest request, Parts parts, @Nullable Snapshot host, @Nullable String hostFile) {
        return new Planner(request, parts, host, hostFile).plan();
    }

    /// Something does not fit together.
    ///
    /// @param malformed one of the files is at fault, whatever it is to go with
    record Refused(List<PlanMessage> remarks, boolean malformed) implements PlanResult {
        public Refused {
            remarks = List.copyOf(remarks);
        }
    }
}
