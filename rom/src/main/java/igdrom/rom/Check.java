package igdrom.rom;

/// One thing that was looked at in a ROM.
///
/// @param subject in a word or two: `GOP`
/// @param words what was found: a sentence without a full stop
public record Check(Verdict verdict, String subject, String words) {
    /// What it means for the ROM.
    public enum Verdict {
        /// As it should be.
        GOOD,
        /// Worth knowing, wrong or not as the case may be.
        NOTE,
        /// The ROM will not do what it is for.
        BAD
    }
}
