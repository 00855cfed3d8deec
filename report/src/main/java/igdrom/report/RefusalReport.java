package igdrom.report;

import igdrom.plan.PlanMessage;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.PlanResult.Refused;
import java.util.ArrayList;
import java.util.List;

/// A ROM that was not built.
public record RefusalReport(Refused refused) implements PageReport {
    @Override
    public Answer answer() {
        return refused.malformed() ? Answer.MALFORMED : Answer.NO;
    }

    @Override
    public List<String> problems(Wording wording) {
        List<String> problems = new ArrayList<>();
        for (PlanMessage message : refused.messages()) {
            if (message.severity() == Severity.ERROR) {
                problems.add(PlanSentences.message(message, wording));
            }
        }
        return problems;
    }
}
