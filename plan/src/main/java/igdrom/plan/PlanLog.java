package igdrom.plan;

import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.PlanResult.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Collects decisions and messages while a plan is made.
final class PlanLog {
    private final Set<Conflict> allowed;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<PlanMessage> messages = new ArrayList<>();
    private boolean malformed;

    /// @param allowed conflicts that are warnings rather than errors
    PlanLog(Set<Conflict> allowed) {
        this.allowed = allowed;
    }

    void decide(Subject subject, String choice, Reason... reasons) {
        decisions.add(Decision.of(subject, choice, reasons));
    }

    void note(String text, Remedy... remedies) {
        add(Severity.NOTE, text, remedies);
    }

    void warn(String text, Remedy... remedies) {
        add(Severity.WARNING, text, remedies);
    }

    void refuse(String text, Remedy... remedies) {
        add(Severity.ERROR, text, remedies);
    }

    /// Adds an error, or a warning when the conflict is allowed.
    void conflict(Conflict conflict, String text, Remedy... remedies) {
        boolean isAllowed = allowed.contains(conflict);
        messages.add(
                new PlanMessage(
                        isAllowed ? Severity.WARNING : Severity.ERROR,
                        text,
                        List.of(remedies),
                        isAllowed ? null : conflict));
    }

    /// Adds an error about one file, which would be an error in any ROM.
    ///
    /// @param text location, field, found value and rule
    void malformed(String text) {
        malformed = true;
        refuse(text);
    }

    private void add(Severity severity, String text, Remedy... remedies) {
        messages.add(new PlanMessage(severity, text, List.of(remedies), null));
    }

    boolean isRefused() {
        return messages.stream().anyMatch(message -> message.severity() == Severity.ERROR);
    }

    Refused refused() {
        return new Refused(messages, malformed);
    }

    List<Decision> decisions() {
        return decisions;
    }

    List<PlanMessage> messages() {
        return messages;
    }
}
