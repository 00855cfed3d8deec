package igdrom.plan.vm;

import igdrom.plan.PlanMessage;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.Remedy;
import java.util.ArrayList;
import java.util.List;

/// Collects the messages of one plan.
final class VmLog {
    private final List<PlanMessage> messages = new ArrayList<>();
    private boolean refused;

    void note(String text, Remedy... remedies) {
        add(Severity.NOTE, text, remedies);
    }

    void warn(String text, Remedy... remedies) {
        add(Severity.WARNING, text, remedies);
    }

    void refuse(String text, Remedy... remedies) {
        refused = true;
        add(Severity.ERROR, text, remedies);
    }

    private void add(Severity severity, String text, Remedy... remedies) {
        messages.add(new PlanMessage(severity, text, List.of(remedies), null));
    }

    boolean isRefused() {
        return refused;
    }

    List<PlanMessage> messages() {
        return List.copyOf(messages);
    }
}
