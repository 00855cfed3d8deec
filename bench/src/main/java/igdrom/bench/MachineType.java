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

    /// Where RAM below 4 GiB ends in a guest of this size.
    ///
    /// Source: QEMU, hw/i386/pc_piix.c, `pc_init1`, and hw/i386/pc_q35.c, `pc_q35_init`.
    public long lowMemoryMiB(long memoryMiB) {
        return switch (this) {
            case PC -> memoryMiB >= 3584 ? 3072 : memoryMiB;
            case Q35 -> memoryMiB >= 2816 ? 2048 : memoryMiB;
        };
    }
}
