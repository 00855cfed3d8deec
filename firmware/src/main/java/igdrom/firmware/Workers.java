package igdrom.firmware;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;

/// The threads that read an image. No other class of this module uses threads: a platform without
/// them needs only another version of this one.
final class Workers {
    /// One thread per processor. The common pool has one fewer, since it expects the caller to take
    /// part in the work.
    private static final ForkJoinPool POOL = new ForkJoinPool();

    private Workers() {}

    /// Runs `work`, which may [#start] other work, and returns its result.
    static <T> T run(Supplier<T> work) {
        return POOL.invoke(ForkJoinTask.adapt(work::get));
    }

    /// Starts work that another thread may do.
    ///
    /// @return waits for the result
    static <T> Supplier<T> start(Supplier<T> work) {
        ForkJoinTask<T> task = ForkJoinTask.adapt(work::get).fork();
        return task::join;
    }
}
