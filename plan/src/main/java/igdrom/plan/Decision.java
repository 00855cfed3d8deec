package igdrom.plan;

import java.util.List;

/// A choice that was made.
///
/// @param choice what was taken, in a few words
/// @param reasons at least one
public record Decision(Subject subject, String choice, List<Reason> reasons) {
    public Decision {
        reasons = List.copyOf(reasons);
    }

    static Decision of(Subject subject, String choice, Reason... reasons) {
        return new Decision(subject, choice, List.of(reasons));
    }
}
