package igdrom.fetch;

/// Receives the progress of a [Fetcher]. All calls come from the thread that fetches.
public interface ProgressListener {
    /// A step begins.
    void step(String description);

    /// Bytes done so far in this step; `total` is 0 while it is unknown.
    void bytes(long done, long total);

    /// A remark that does not stop the work.
    void note(String text);
}
