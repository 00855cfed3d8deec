package igdrom.plan;

import igdrom.host.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of a request: a plan, or why there is none.
public sealed interface Planning permits Plan, Planning.Refused {
    /// What there is to say, errors first of all.
    List<Remark> remarks();

    /// Decides everything.
    ///
    /// @param host facts of the machine that the ROM is for, null when nothing is known of it
    static Planning of(Request request, Parts parts, @Nullable Snapshot host) {
        return new Planner(request, parts, host).plan();
    }

    /// Something does not fit together.
    record Refused(List<Remark> remarks) implements Planning {
        public Refused {
            remarks = List.copyOf(remarks);
        }
    }
}
