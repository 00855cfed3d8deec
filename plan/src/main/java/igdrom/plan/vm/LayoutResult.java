package igdrom.plan.vm;

import igdrom.plan.PlanMessage;
import java.util.List;

/// What laying out a guest's memory yields.
public sealed interface LayoutResult permits GuestLayout, LayoutResult.Refused {
    List<PlanMessage> messages();

    /// The ranges do not fit, or are not known.
    ///
    /// @param messages at least one of them an error
    record Refused(List<PlanMessage> messages) implements LayoutResult {
        public Refused {
            messages = List.copyOf(messages);
        }
    }
}
