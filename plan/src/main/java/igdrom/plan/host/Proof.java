package igdrom.plan.host;

/// What a statement rests on.
public enum Proof {
    /// A fact of this host, or of the image of its firmware.
    SEEN("seen"),
    /// Users of such graphics report it.
    REPORTED("reported"),
    /// Nobody is known to have tried it.
    UNPROVEN("unproven");

    private final String word;

    Proof(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
