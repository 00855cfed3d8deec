package igdrom.web.jdk.igdrom.firmware;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads an image without threads, which WebAssembly does not have.
public final class Workers {
    private Workers() {}

    public static <T> T run(Supplier<T> work) {
        return work.get();
    }

    /// Work that is done when its result is first asked for.
    public static <T> Supplier<T> start(Supplier<T> work) {
        return new Deferred<>(work);
    }

    private static final class Deferred<T> implements Supplier<T> {
        private final Supplier<T> work;
        private @Nullable T result;

        Deferred(Supplier<T> work) {
            this.work = work;
        }

        @Override
        public T get() {
            T done = result;
            if (done == null) {
                done = work.get();
                result = done;
            }
            return done;
        }
    }
}
