package igdrom.cli.commands;

/// The commands, in the order of the overview.
enum CommandName {
    DOCTOR("doctor", "Say whether this host can hand its GPU to a guest, and what to fix"),
    INSPECT("inspect", "Show what is in a firmware image, ROM, driver, VBT or OpRegion"),
    EXTRACT("extract", "Write the GOP drivers, VBTs and VGA BIOSes in an image to files"),
    VBT_SHOW("vbt show", "Describe the outputs and panels in a VBT"),
    VBT_EDIT("vbt edit", "Switch outputs in a VBT off"),
    BUILD("build", "Build an option ROM from this host, a snapshot, an image or parts"),
    VERIFY("verify", "Check any option ROM without running it"),
    TEST("test", "Boot a ROM in QEMU on a virtual GPU and check what it did"),
    CONFIG("config", "Write the configuration of a virtual machine that gets the GPU"),
    E820("e820", "Lay out a guest's memory, for authors of hypervisors"),
    REPORT("report", "Show what the driver in the ROM did in a guest"),
    SNAPSHOT("snapshot", "Record the facts about this machine that a ROM depends on"),
    DEMO("demo", "Make a firmware image and run the commands on it"),
    HELP("help", "Explain a command");

    private final String words;
    private final String summary;

    CommandName(String words, String summary) {
        this.words = words;
        this.summary = summary;
    }

    /// The name as the user types it: one word or two.
    String words() {
        return words;
    }

    String summary() {
        return summary;
    }

    static CommandName of(String words) {
        for (CommandName name : values()) {
            if (name.words.equals(words)) {
                return name;
            }
        }
        throw new IllegalArgumentException(words);
    }

    Command command() {
        return switch (this) {
            case DOCTOR -> new DoctorCommand();
            case INSPECT -> new InspectCommand();
            case EXTRACT -> new ExtractCommand();
            case VBT_SHOW -> new VbtShowCommand();
            case VBT_EDIT -> new VbtEditCommand();
            case BUILD -> new BuildCommand();
            case VERIFY -> new VerifyCommand();
            case TEST -> new TestCommand();
            case CONFIG -> new ConfigCommand();
            case E820 -> new E820Command();
            case REPORT -> new ReportCommand();
            case SNAPSHOT -> new SnapshotCommand();
            case DEMO -> new DemoCommand();
            case HELP -> new HelpCommand();
        };
    }
}
