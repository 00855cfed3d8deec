package igdrom.plan;

/// The kind of virtual machine.
public enum GuestMachine {
    Q35("q35"),
    PC("pc"),
    BHYVE("bhyve");

    private final String id;

    GuestMachine(String id) {
        this.id = id;
    }

    /// The word that users write.
    public String id() {
        return id;
    }
}
