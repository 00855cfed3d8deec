package igdrom.plan.host;

import igdrom.host.Fact;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One question about a host, with the answer.
///
/// @param text what was found and why it matters, as a clause without a full stop
/// @param sources of the facts that the answer rests on
public record HostCheck(
        CheckName name, State state, String text, List<String> sources, List<Fix> fixes) {
    public HostCheck {
        sources = List.copyOf(sources);
        fixes = List.copyOf(fixes);
    }

    static HostCheck of(CheckName name, State state, String text, Fact<?>... facts) {
        Set<String> sources = new LinkedHashSet<>();
        for (Fact<?> fact : facts) {
            sources.add(fact.source());
        }
        return new HostCheck(name, state, text, List.copyOf(sources), List.of());
    }

    static HostCheck ok(CheckName name, String text, Fact<?>... facts) {
        return of(name, State.OK, text, facts);
    }

    static HostCheck warning(CheckName name, String text, Fact<?>... facts) {
        return of(name, State.WARNING, text, facts);
    }

    static HostCheck failure(CheckName name, String text, Fact<?>... facts) {
        return of(name, State.FAILURE, text, facts);
    }

    static HostCheck unknown(CheckName name, String text, Fact<?>... facts) {
        return of(name, State.UNKNOWN, text, facts);
    }

    HostCheck with(Fix... more) {
        return with(List.of(more));
    }

    HostCheck with(List<? extends Fix> more) {
        List<Fix> all = new ArrayList<>(fixes);
        all.addAll(more);
        return new HostCheck(name, state, text, sources, all);
    }
}
