package igdrom.bench.setup;

/// Something that was found and will not do.
public record Refusal(String what, String why) {
    @Override
    public String toString() {
        return what + ": " + why;
    }
}
