package igdrom.report;

import igdrom.plan.Decision;
import igdrom.plan.PlanMessage;
import igdrom.plan.Reason;
import igdrom.plan.Remedy;
import java.util.ArrayList;
import java.util.List;

/// Reasons, remedies and conflicts of a plan as sentences.
public final class PlanSentences {
    private PlanSentences() {}

    /// Why a decision was made: `bios.bin; --opregion-source`.
    public static String reasons(Decision decision, Wording wording) {
        List<String> reasons = new ArrayList<>();
        for (Reason reason : decision.reasons()) {
            reasons.add(reason(reason, wording));
        }
        return String.join("; ", reasons);
    }

    private static String reason(Reason reason, Wording wording) {
        return switch (reason) {
            case Reason.Requested requested -> wording.field(requested.field());
            case Reason.FromFile fromFile -> fromFile.file();
            case Reason.FromHost fromHost -> fromHost.source();
            case Reason.Because because -> because.statement();
            case Reason.Default standard ->
                    standard.statement()
                            + "; "
                            + wording.field(standard.override())
                            + " overrides this";
        };
    }

    /// A message with what the owner can do about it: `no device is known (--device names it)`.
    public static String message(PlanMessage message, Wording wording) {
        List<String> remedies = new ArrayList<>();
        for (Remedy remedy : message.remedies()) {
            remedies.add(wording.remedy(remedy));
        }
        if (message.conflict() != null) {
            remedies.add(wording.allow(message.conflict()));
        }
        return remedies.isEmpty()
                ? message.text()
                : message.text() + " (" + String.join("; ", remedies) + ")";
    }
}
