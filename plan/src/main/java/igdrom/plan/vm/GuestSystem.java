package igdrom.plan.vm;

/// The operating system of a guest.
public enum GuestSystem {
    WINDOWS("windows"),
    LINUX("linux"),
    MACOS("macos");

    private final String id;

    GuestSystem(String id) {
        this.id = id;
    }

    /// The word that users write.
    public String id() {
        return id;
    }
}
