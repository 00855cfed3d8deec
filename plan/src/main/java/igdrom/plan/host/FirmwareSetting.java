package igdrom.plan.host;

/// A setting in the setup of a PC's firmware, by the names that the usual setup programs give it.
enum FirmwareSetting {
    VT_D("VT-d", "Intel VT for Directed I/O", "Enabled"),
    CSM("CSM", "Launch CSM, Legacy Support", "Disabled (boot mode: UEFI)"),
    PRIMARY_DISPLAY(
            "Primary Display",
            "Initial Display Output, Primary Graphics Adapter",
            "the internal graphics (IGFX, IGD, CPU Graphics)"),
    INTERNAL_GRAPHICS("Internal Graphics", "iGPU Multi-Monitor, IGD Multi-Monitor", "Enabled"),
    DVMT("DVMT Pre-Allocated", "UMA Frame Buffer Size, Internal Graphics Memory", "64M");

    private final String name;
    private final String others;
    private final String value;

    FirmwareSetting(String name, String others, String value) {
        this.name = name;
        this.others = others;
        this.value = value;
    }

    Fix fix() {
        return Fix.Do.of(instruction());
    }

    /// What to do, as an imperative clause.
    String instruction() {
        return "in the firmware's setup, set \"%s\" (also called %s) to %s"
                .formatted(name, others, value);
    }
}
