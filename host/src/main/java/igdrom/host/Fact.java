package igdrom.host;

import java.util.Optional;
import java.util.function.Function;

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

    /// The same fact in other terms, from the same source.
    default <U> Fact<U> map(Function<? super T, ? extends U> mapper) {
        return switch (this) {
            case Known<T>(T known, String source) -> new Known<>(mapper.apply(known), source);
            case Unknown<T>(String source, String reason) -> new Unknown<>(source, reason);
        };
    }

    /// This fact where it is known, else the other one where that is known, else this one.
    default Fact<T> or(Fact<T> other) {
        return this instanceof Unknown<T> && other instanceof Known<T> ? other : this;
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
