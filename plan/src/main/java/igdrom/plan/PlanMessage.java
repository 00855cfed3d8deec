package igdrom.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A conflict between parts, or something that the owner should know.
///
/// @param text a sentence without a full stop, which names no remedy
/// @param remedies what the owner can do about it, if anything
/// @param conflict that an error is about and that the owner can allow, null for none
public record PlanMessage(
        Severity severity, String text, List<Remedy> remedies, @Nullable Conflict conflict) {
    /// How bad it is.
    public enum Severity {
        NOTE,
        WARNING,
        /// No ROM is built.
        ERROR
    }

    public PlanMessage {
        remedies = List.copyOf(remedies);
    }
}
