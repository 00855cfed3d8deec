package igdrom.host.text;

import igdrom.host.Fact;
import org.jspecify.annotations.Nullable;

/// Room for a fact. The first answer that is known stays; before it, the first reason.
final class Slot<T> {
    private @Nullable Fact<T> fact;

    void known(T value, String source) {
        put(new Fact.Known<>(value, source));
    }

    void unknown(String source, String reason) {
        put(new Fact.Unknown<>(source, reason));
    }

    void put(Fact<T> next) {
        Fact<T> before = fact;
        fact = before == null ? next : before.or(next);
    }

    boolean isKnown() {
        return fact instanceof Fact.Known;
    }

    @Nullable T valueOrNull() {
        Fact<T> now = fact;
        return now == null ? null : now.value().orElse(null);
    }

    /// The fact, or an unknown one when no text says anything about it.
    Fact<T> or(String source, String reason) {
        Fact<T> now = fact;
        return now == null ? new Fact.Unknown<>(source, reason) : now;
    }
}
