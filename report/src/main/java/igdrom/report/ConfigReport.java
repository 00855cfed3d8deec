package igdrom.report;

import igdrom.hypervisor.ConfigPart;
import igdrom.hypervisor.Configurations;
import igdrom.plan.PlanMessage;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.vm.VmPlan;
import igdrom.plan.vm.VmResult;
import java.util.ArrayList;
import java.util.List;

/// The configuration of a virtual machine, or why there is none.
///
/// @param parts to paste or to save; empty after a refusal
public record ConfigReport(VmResult result, List<ConfigPart> parts) implements PageReport {
    public ConfigReport {
        parts = List.copyOf(parts);
    }

    /// The configuration for a plan, or the refusal.
    public static ConfigReport of(VmResult result) {
        return switch (result) {
            case VmPlan plan -> new ConfigReport(plan, Configurations.write(plan));
            case VmResult.Refused refused -> new ConfigReport(refused, List.of());
        };
    }

    @Override
    public Answer answer() {
        return result instanceof VmPlan ? Answer.YES : Answer.NO;
    }

    @Override
    public List<String> problems(Wording wording) {
        List<String> problems = new ArrayList<>();
        for (PlanMessage message : result.messages()) {
            if (message.severity() == Severity.ERROR) {
                problems.add(PlanSentences.message(message, wording));
            }
        }
        return problems;
    }
}
