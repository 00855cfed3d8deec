package igdrom.host.text;

/// Reads one kind of text.
interface TextReader {
    /// What it reads, for the user.
    String name();

    /// Adds what a file says to a sheet, and returns whether it says anything.
    boolean read(TextFile file, FactSheet sheet);
}
