package igdrom.cli.commands;

/// The commands, in the order of the overview.
enum CommandName {
    DOCTOR("doctor", Subject.HOST, "Say whether this host can pass its GPU on, and what to fix"),
    SNAPSHOT("snapshot", Subject.HOST, "Record the facts about this machine that a ROM depends on"),
    INSPECT("inspect", Subject.FIRMWARE, "Show what is in a firmware image, ROM, VBT or OpRegion"),
    EXTRACT(
            "extract",
            Subject.FIRMWARE,
            "Write the GOPs, VBTs and VGA BIOSes in an image to files"),
    VBT_SHOW("vbt show", Subject.FIRMWARE, "Describe the outputs and panels in a VBT"),
    VBT_EDIT("vbt edit", Subject.FIRMWARE, "Switch outputs in a VBT off"),
    BUILD("build", Subject.ROM, "Build an option ROM from a host, an image or parts"),
    VERIFY("verify", Subject.ROM, "Check any option ROM without running it"),
    TEST("test", Subject.ROM, "Boot a ROM in QEMU on a virtual GPU and check what it did"),
    CONFIG("config", Subject.GUEST, "Write the configuration of a VM that gets the GPU"),
    REPORT("report", Subject.GUEST, "Show what the driver in the ROM did in a guest"),
    E820("e820", Subject.GUEST, "Lay out a guest's memory, for authors of hypervisors"),
    BUNDLE("bundle", Subject.MORE, "Collect what a bug report needs, without firmware"),
    DEMO("demo", Subject.MORE, "Make a firmware image and walk from it to a picture"),
    HELP("help", Subject.MORE, "Explain a command");

    private final String words;
    private final Subject subject;
    private final String summary;

    /// What a command is about. The order is that of the overview.
    enum Subject {
        HOST("Host"),
        FIRMWARE("Image"),
        ROM("ROM"),
        GUEST("Guest"),
        MORE("More");

        private final String heading;

        Subject(String heading) {
            this.heading = heading;
        }

        String heading() {
            return heading;
        }
    }

    CommandName(String words, Subject subject, String summary) {
        this.words = words;
        this.subject = subject;
        this.summary = summary;
    }

    /// The name as the user types it: one word or two.
    String words() {
        return words;
    }

    Subject subject() {
        return subject;
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
            case BUNDLE -> new BundleCommand();
            case DEMO -> new DemoCommand();
            case HELP -> new HelpCommand();
        };
    }
}
