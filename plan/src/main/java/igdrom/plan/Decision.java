package igdrom.plan;

/// One choice that was made.
///
/// @param subject in a word or two: `GOP`
/// @param choice what was taken
/// @param reason by which fact, row or option
public record Decision(String subject, String choice, String reason) {}
