package igdrom.plan;

import java.util.Set;
import java.util.stream.Collectors;

/// The kind of virtual machine.
public enum GuestMachine {
    Q35("q35"),
    PC("pc"),
    BHYVE("bhyve");

    private final String id;

    GuestMachine(String id) {
        this.id = id;
    }

    /// Names of machines in a sentence: `q35 and pc`.
    public static String list(Set<GuestMachine> machines) {
        return machines.stream().map(GuestMachine::id).collect(Collectors.joining(" and "));
    }

    /// The word that users write.
    public String id() {
        return id;
    }
}
