package igdrom.cli;

import java.util.List;

/// The subcommands. Listing them loads none of them.
enum CommandName {
    INSPECT("inspect", "Show what is in a firmware image, ROM, driver, VBT or OpRegion"),
    EXTRACT("extract", "Write the GOP drivers, VBTs and VGA BIOSes in a firmware image to files"),
    VBT_SHOW("vbt show", "Show in words which outputs and panels a VBT describes"),
    TEST("test", "Boot a ROM in QEMU on a virtual GPU and check what it did"),
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
            case TEST -> new TestCommand();
            case DEMO -> new DemoCommand();
            case HELP -> new HelpCommand();
        };
    }
}
