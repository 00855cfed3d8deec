package igdrom.bench;

/// The machines of QEMU that an IGD is passed to.
public enum MachineType {
    PC("pc"),
    Q35("q35");

    private final String name;

    MachineType(String name) {
        this.name = name;
    }

    /// As QEMU's `-machine` takes it.
    public String qemuName() {
        return name;
    }
}
