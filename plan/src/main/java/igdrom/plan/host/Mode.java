package igdrom.plan.host;

/// A way to show a guest's picture with the IGD of its host.
public enum Mode {
    BEFORE_OS("before-os", "picture before the OS"),
    AFTER_OS("after-os", "picture after the OS"),
    VGA_BIOS("vga-bios", "VGA BIOS"),
    SRIOV("sr-iov", "virtual function");

    private final String id;
    private final String label;

    Mode(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /// The same in all versions, for programs.
    public String id() {
        return id;
    }

    /// The name that people see.
    public String label() {
        return label;
    }
}
