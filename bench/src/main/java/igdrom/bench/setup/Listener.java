package igdrom.bench.setup;

/// Is told how far a setup is. All calls come from the thread that runs it.
public interface Listener {
    /// What is being done now.
    void step(String what);

    /// How many bytes of how many are there; `total` may be 0 as long as nobody knows.
    void bytes(long done, long total);

    /// Something to know that stops nothing.
    void note(String text);
}
