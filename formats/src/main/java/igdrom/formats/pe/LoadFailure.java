package igdrom.formats.pe;

/// Ends the look at an executable at the first rule that it breaks; never leaves this package.
///
/// An exception, not an answer that each rule gives to the next: build asks the rules once, and the
/// functions that would join them take the JVM longer to link than the rules take.
final class LoadFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String words;

    LoadFailure(String words) {
        super(words, null, false, false);
        this.words = words;
    }

    String words() {
        return words;
    }
}
