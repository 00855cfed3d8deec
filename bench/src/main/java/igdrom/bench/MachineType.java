package igdrom.bench;

/// The machine types of QEMU that an IGD can be passed to.
public enum MachineType {
    PC("pc"),
    Q35("q35");

    private final String name;

    MachineType(String name) {
        this.name = name;
    }

    /// The value of QEMU's `-machine` option.
    public String qemuName() {
        return name;
    }
}
