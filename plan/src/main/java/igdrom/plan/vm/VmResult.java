package igdrom.plan.vm;

import igdrom.plan.PlanMessage;
import java.util.List;

/// What planning a virtual machine yields.
public sealed interface VmResult permits VmPlan, VmResult.Refused {
    List<PlanMessage> messages();

    /// The request cannot be met.
    ///
    /// @param messages at least one of them an error
    record Refused(List<PlanMessage> messages) implements VmResult {
        public Refused {
            messages = List.copyOf(messages);
        }
    }
}
