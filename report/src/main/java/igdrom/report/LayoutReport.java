package igdrom.report;

import igdrom.plan.PlanMessage;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.vm.GuestLayout;
import igdrom.plan.vm.LayoutResult;
import java.util.ArrayList;
import java.util.List;

/// Where a hypervisor puts what an IGD needs in the memory of its guest, or why it cannot.
///
/// @param written the files that were written, empty for none
public record LayoutReport(LayoutResult result, List<String> written) implements Report {
    public LayoutReport {
        written = List.copyOf(written);
    }

    @Override
    public Answer answer() {
        return result instanceof GuestLayout ? Answer.YES : Answer.NO;
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
