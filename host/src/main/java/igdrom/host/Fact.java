package igdrom.host;

import java.util.Optional;

/// Something that was asked: the answer, or why there is none.
///
/// @param <T> what kind of answer
public sealed interface Fact<T> {
    /// Where the answer is from: a path, as a rule.
    String source();

    default Optional<T> value() {
        return switch (this) {
            case Known<T>(T known, String _) -> Optional.of(known);
            case Unknown<T>(String _, String _) -> Optional.empty();
        };
    }

    /// An answer.
    record Known<T>(T known, String source) implements Fact<T> {}

    /// None.
    ///
    /// @param reason in words: `permission denied`
    record Unknown<T>(String source, String reason) implements Fact<T> {
        /// Where, and why not.
        public String words() {
            return source + ": " + reason;
        }
    }
}
