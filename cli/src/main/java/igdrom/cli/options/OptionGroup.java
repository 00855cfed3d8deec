package igdrom.cli.options;

/// A heading of the help, with the options below it. The order is that of the help.
public enum OptionGroup {
    /// The group of an option that declares none.
    OPTIONS("Options"),
    TARGET("Device and guest"),
    PARTS("Where the parts come from"),
    CONTENT("What goes into the ROM"),
    HYPERVISOR("What the hypervisor offers"),
    RUN("The run"),
    OUTPUT("Output"),
    TOOLS("QEMU, OVMF and Linux"),
    COMMON("Every command");

    private final String title;

    OptionGroup(String title) {
        this.title = title;
    }

    /// As it stands in the help, without a colon.
    public String title() {
        return title;
    }
}
