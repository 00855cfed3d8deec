package igdrom.plan;

import org.jspecify.annotations.Nullable;

/// Something that does not fit together, or that the owner should know.
///
/// @param words a sentence without a full stop
/// @param allowedBy what overrides an error, null when nothing does or it is none
public record PlanMessage(Severity severity, String words, @Nullable Conflict allowedBy) {
    /// How bad it is.
    public enum Severity {
        NOTE,
        WARNING,
        /// No ROM is made.
        ERROR
    }
}
