package igdrom.bench.setup;

/// A tool that was found but cannot be used.
///
/// @param what where it was found
/// @param why the reason, as a predicate: "is version 7.2, …"
public record Refusal(String what, String why) {
    @Override
    public String toString() {
        return what + ": " + why;
    }
}
