package igdrom.plan;

/// What a decision is about.
public enum Subject {
    DEVICE("device"),
    VGA_BIOS("VGA BIOS"),
    GOP("GOP"),
    LPC_BRIDGE("LPC bridge"),
    MACHINE("machine"),
    OPREGION("OpRegion"),
    ASLS("ASLS"),
    DISPLAY_STATE("display state"),
    VBT("VBT"),
    LID("lid"),
    DOCK("dock"),
    STOLEN_MEMORY("stolen memory");

    private final String label;

    Subject(String label) {
        this.label = label;
    }

    /// The name that people see.
    public String label() {
        return label;
    }
}
