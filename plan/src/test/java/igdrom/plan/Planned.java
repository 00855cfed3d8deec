package igdrom.plan;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.PlanResult.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What planning yields, by the parts of it that tests compare.
final class Planned {
    private Planned() {}

    static Plan plan(RomRequest request, Parts parts, @Nullable HostFacts host) {
        PlanResult result = Planner.plan(request, parts, host);
        assertThat(result).isInstanceOf(Plan.class);
        return (Plan) result;
    }

    static Refused refused(RomRequest request, Parts parts, @Nullable HostFacts host) {
        PlanResult result = Planner.plan(request, parts, host);
        assertThat(result).isInstanceOf(Refused.class);
        return (Refused) result;
    }

    /// Checks that a conflict stops the build unless it is allowed, and is a warning then.
    ///
    /// @return the plan with the conflict allowed
    static Plan refusedUnlessAllowed(
            Conflict conflict, RomRequest request, Parts parts, @Nullable HostFacts host) {
        assertThat(conflicts(refused(request, parts, host))).contains(conflict);
        Plan allowed = plan(request.withAllowed(Set.of(conflict)), parts, host);
        assertThat(conflicts(allowed)).isEmpty();
        assertThat(texts(allowed, Severity.WARNING)).isNotEmpty();
        return allowed;
    }

    /// The conflicts that errors are about.
    static List<Conflict> conflicts(PlanResult result) {
        List<Conflict> conflicts = new ArrayList<>();
        for (PlanMessage message : result.messages()) {
            if (message.conflict() != null) {
                assertThat(message.severity()).isEqualTo(Severity.ERROR);
                conflicts.add(message.conflict());
            }
        }
        return conflicts;
    }

    static List<Remedy> remedies(PlanResult result) {
        return result.messages().stream().flatMap(message -> message.remedies().stream()).toList();
    }

    static List<String> texts(PlanResult result, Severity severity) {
        return result.messages().stream()
                .filter(message -> message.severity() == severity)
                .map(PlanMessage::text)
                .toList();
    }

    static List<String> errors(PlanResult result) {
        return texts(result, Severity.ERROR);
    }

    static List<String> warnings(PlanResult result) {
        return texts(result, Severity.WARNING);
    }

    static Decision decision(Plan plan, Subject subject) {
        return plan.decisions().stream()
                .filter(decision -> decision.subject() == subject)
                .findFirst()
                .orElseThrow();
    }
}
