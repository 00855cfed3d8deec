package igdrom.plan;

import igdrom.plan.PlanMessage.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Collects what there is to say while decisions are made.
final class PlanLog {
    private final Set<Conflict> allowed;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<PlanMessage> remarks = new ArrayList<>();
    private boolean malformed;

    PlanLog(Set<Conflict> allowed) {
        this.allowed = allowed;
    }

    void decide(String subject, String choice, String reason) {
        decisions.add(new Decision(subject, choice, reason));
    }

    void note(String words) {
        remarks.add(new PlanMessage(Severity.NOTE, words, null));
    }

    void warn(String words) {
        remarks.add(new PlanMessage(Severity.WARNING, words, null));
    }

    void refuse(String words) {
        remarks.add(new PlanMessage(Severity.ERROR, words, null));
    }

    /// An error, or a warning when that was allowed.
    void refuse(String words, Conflict contradiction) {
        boolean may = allowed.contains(contradiction);
        remarks.add(
                new PlanMessage(
                        may ? Severity.WARNING : Severity.ERROR,
                        words,
                        may ? null : contradiction));
    }

    /// An error that is the fault of one file alone, whatever it is to go with.
    ///
    /// @param words place, field, found value and rule
    void malformed(String words) {
        malformed = true;
        refuse(words);
    }

    boolean isMalformed() {
        return malformed;
    }

    boolean isRefused() {
        for (PlanMessage remark : remarks) {
            if (remark.severity() == Severity.ERROR) {
                return true;
            }
        }
        return false;
    }

    List<Decision> decisions() {
        return decisions;
    }

    List<PlanMessage> remarks() {
        return remarks;
    }
}
