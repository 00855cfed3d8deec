package igdrom.cli;

import java.util.List;

/// The subcommands. Listing them loads none of them.
enum CommandName {
    INSPECT("inspect", "Show what is in a firmware image, ROM, driver, VBT or OpRegion"),
    EXTRACT("extract", "Write the GOP drivers, VBTs and VGA BIOSes in a firmware image to files"),
    VBT_SHOW("vbt show", "Show in words which outputs and panels a VBT describes"),
    BUILD("build", "Make an option ROM from this host, a snapshot, a firmware image or parts"),
    VERIFY("verify", "Check an option ROM, ours or anybody's, without running it"),
    TEST("test", "Boot a ROM in QEMU on a virtual GPU and check what it did"),
    REPORT("report", "Show what the driver in the ROM did in a guest"),
    SNAPSHOT("snapshot", "Record what a ROM needs to know of this machine"),
    DEMO("demo", "Make a firmware image and show the commands at work on it"),
    HELP("help", "Explain a command");

    private final String words;
    private final String summary;

    CommandName(String words, String summary) {
        this.words = words;
        this.summary = summary;
    }

    /// What the user types: one word or two.
    String words() {
        return words;
    }

    String summary() {
        return summary;
    }

    /// How many of the arguments are this command's name: 0 when another one is meant.
    int matches(List<String> arguments) {
        int space = words.indexOf(' ');
        if (arguments.isEmpty()) {
            return 0;
        }
        if (space < 0) {
            return arguments.getFirst().equals(words) ? 1 : 0;
        }
        return arguments.size() > 1
                        && arguments.getFirst().equals(words.substring(0, space))
                        && arguments.get(1).equals(words.substring(space + 1))
                ? 2
                : 0;
    }

    Command command() {
        return switch (this) {
            case INSPECT -> new InspectCommand();
            case EXTRACT -> new ExtractCommand();
            case VBT_SHOW -> new VbtShowCommand();
            case BUILD -> new BuildCommand();
            case VERIFY -> new VerifyCommand();
            case TEST -> new TestCommand();
            case REPORT -> new ReportCommand();
            case SNAPSHOT -> new SnapshotCommand();
            case DEMO -> new DemoCommand();
            case HELP -> new HelpCommand();
        };
    }
}
