package igdrom.plan.host;

import java.util.List;

/// Whether a mode works on a host.
///
/// @param proof of a yes; [Proof#UNPROVEN] for the others
/// @param text how it is used, or why not, as a clause
/// @param because the checks that prevent it or leave it open
public record ModeVerdict(
        Mode mode, Verdict verdict, Proof proof, String text, List<CheckName> because) {
    public ModeVerdict {
        because = List.copyOf(because);
    }
}
