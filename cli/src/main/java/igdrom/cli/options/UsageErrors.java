package igdrom.cli.options;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what is wrong with a command line, and what the user may have meant.
final class UsageErrors {
    private final SequencedSet<String> commands;

    /// @param commands their names, one word or two
    UsageErrors(SequencedSet<String> commands) {
        this.commands = commands;
    }

    /// The problem that picocli found in the arguments of a command.
    String of(ParameterException e, String command, CommandSyntax syntax) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> {
                String word = unmatched.getUnmatched().getFirst();
                yield unmatched.isUnknownOption()
                        ? unknownOption(word, syntax.options())
                        : unexpected(word) + meantOption(word, syntax);
            }
            case MissingParameterException missing -> missing(missing, command);
            case MutuallyExclusiveArgsException _ -> exclusive(e, syntax);
            case OverwrittenOptionException twice ->
                    name(twice.getOverwritten()) + " is given twice";
            default -> valueOfFlag(e);
        };
    }

    /// The problem in picocli's words.
    static String words(ParameterException e) {
        String problem = String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
        return Character.toLowerCase(problem.charAt(0)) + problem.substring(1);
    }

    static String unexpected(String operand) {
        return "unexpected argument '" + operand + "'";
    }

    /// A command that does not exist: what the user typed may be like the name of a command, the
    /// second word of one, or an option without its hyphens.
    String unknownCommand(String typed) {
        List<String> candidates = new ArrayList<>(commands);
        candidates.addAll(Options.VERSION.names());
        candidates.addAll(Options.HELP.names());
        String meant = didYouMean(typed, candidates);
        return "unknown command '"
                + typed
                + "'"
                + (meant.isEmpty() && isFile(typed)
                        ? ", did you mean 'inspect " + typed + "'?"
                        : meant);
    }

    /// A command of a group that does not exist.
    String unknownMember(String typed, String group) {
        List<String> members = new ArrayList<>(commands);
        members.removeIf(name -> !name.startsWith(group + " "));
        String meant = didYouMean(typed, members);
        return "unknown command '"
                + typed
                + "'"
                + (meant.isEmpty()
                        ? "; there is '" + String.join("' and '", members) + "'"
                        : meant);
    }

    String unknownOption(String typed, List<? extends Option<?>> options) {
        int value = typed.indexOf('=');
        String name = value < 0 ? typed : typed.substring(0, value);
        List<String> candidates = new ArrayList<>();
        options.forEach(option -> candidates.addAll(option.names()));
        return "unknown option '" + name + "'" + didYouMean(name, candidates);
    }

    private static boolean isFile(String typed) {
        try {
            return Files.isRegularFile(Path.of(typed));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    private static String didYouMean(String typed, List<String> candidates) {
        String similar = Similarity.mostSimilar(typed, candidates);
        return similar == null ? "" : ", did you mean '" + similar + "'?";
    }

    /// The option whose value an argument may be.
    private static String meantOption(String word, CommandSyntax syntax) {
        for (Option<?> option : List.of(Options.DEVICE, Options.FIRMWARE)) {
            boolean taken =
                    syntax.options().stream().anyMatch(own -> own.name().equals(option.name()));
            if (taken && (!option.equals(Options.DEVICE) || isDevice(word))) {
                return ", did you mean '" + option + " " + word + "'?";
            }
        }
        return "";
    }

    private static boolean isDevice(String word) {
        try {
            DeviceId.of(word);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String missing(MissingParameterException e, String command) {
        String words = words(e);
        List<ArgSpec> missing = e.getMissing();
        if (missing.size() == 1
                && missing.getFirst() instanceof OptionSpec option
                && words.contains(" for option ")) {
            return name(option) + " needs a value: " + option.paramLabel();
        }
        List<String> all = new ArrayList<>();
        for (ArgSpec each : missing) {
            all.add(
                    each instanceof OptionSpec option
                            ? option.names()[0] + " " + option.paramLabel()
                            : each.paramLabel());
        }
        String last = all.removeLast();
        return command
                + " needs "
                + (all.isEmpty() ? last : String.join(", ", all) + " and " + last);
    }

    private static String exclusive(ParameterException e, CommandSyntax syntax) {
        String words = words(e);
        for (List<Option<?>> group : syntax.exclusive()) {
            List<String> names = group.stream().map(Option::name).toList();
            if (names.stream().allMatch(words::contains)) {
                return String.join(" and ", names) + " exclude each other";
            }
        }
        return words;
    }

    private static String valueOfFlag(ParameterException e) {
        ArgSpec option = e.getArgSpec();
        boolean flag = option instanceof OptionSpec given && given.type() == boolean.class;
        return flag ? name(option) + " takes no value" : words(e);
    }

    private static String name(@Nullable ArgSpec option) {
        return ((OptionSpec) Objects.requireNonNull(option)).longestName();
    }
}
