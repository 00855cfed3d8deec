package igdrom.rom;

/// The result of one check of a ROM.
///
/// @param subject in a word or two: `GOP`
/// @param message what was found, as a sentence without a full stop
public record Check(Verdict verdict, String subject, String message) {
    /// What the result means for the ROM.
    public enum Verdict {
        /// As it should be.
        GOOD,
        /// Worth knowing; whether it is a problem depends on the use.
        NOTE,
        /// The ROM will not work.
        BAD
    }
}
