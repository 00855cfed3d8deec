package igdrom.host;

import java.util.Optional;

/// The answer to a question about a machine, or why it could not be read.
///
/// @param <T> the type of the answer
public sealed interface Fact<T> {
    /// Where the answer is from, usually a path.
    String source();

    default Optional<T> value() {
        return switch (this) {
            case Known<T>(T known, String _) -> Optional.of(known);
            case Unknown<T>(String _, String _) -> Optional.empty();
        };
    }

    /// An answer.
    record Known<T>(T known, String source) implements Fact<T> {}

    /// A question without an answer.
    ///
    /// @param reason such as `permission denied`
    record Unknown<T>(String source, String reason) implements Fact<T> {
        /// The source and the reason: `/proc/iomem: permission denied`.
        public String message() {
            return source + ": " + reason;
        }
    }
}
