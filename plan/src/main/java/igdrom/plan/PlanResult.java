package igdrom.plan;

import java.util.List;

/// The result of planning: a plan, or why there is none.
public sealed interface PlanResult permits Plan, PlanResult.Refused {
    /// Errors, warnings and notes, in the order of the decisions that they are about.
    List<PlanMessage> messages();

    /// The parts do not go together.
    ///
    /// @param malformed whether one of the files is malformed, regardless of the ROM
    record Refused(List<PlanMessage> messages, boolean malformed) implements PlanResult {
        public Refused {
            messages = List.copyOf(messages);
        }
    }
}
