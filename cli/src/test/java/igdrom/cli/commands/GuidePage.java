package igdrom.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The commands that a page of the documentation shows, in their order.
///
/// A block ` ```console ` has commands after `$ ` and what they print, with `…` for what is left
/// out; a block ` ```sh ` has a command on each line. After that word a block may say `exit-1` (how
/// the commands end) or `not-run: REASON`.
///
/// @param name of the file
record GuidePage(String name, List<Step> steps) {
    private static final String FENCE = "```";
    private static final String NOT_RUN = "not-run: ";

    /// A command of igdrom outside the blocks that are run.
    private static final Pattern HIDDEN =
            Pattern.compile("^\\s*(\\$ |(sudo )?(\\./)?igdrom [a-z])");

    private static final Pattern INDENTED =
            Pattern.compile("^ {4,}(\\$ |(sudo )?(\\./)?igdrom [a-z])");

    /// A command.
    ///
    /// @param line of the page, from 1
    /// @param output that it shows, null when it shows none
    /// @param exit how it ends
    /// @param notRun why it is not run, empty when it is
    record Step(int line, String command, List<String> output, int exit, String notRun) {
        Step {
            output = List.copyOf(output);
        }
    }

    GuidePage {
        steps = List.copyOf(steps);
    }

    static GuidePage read(Path page) throws IOException {
        List<String> lines = Files.readAllLines(page);
        List<Step> steps = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (INDENTED.matcher(line).find()) {
                throw new IllegalArgumentException(
                        page + ":" + (at + 1) + ": a command outside of a fenced block");
            }
            if (!line.startsWith(FENCE)) {
                continue;
            }
            int end = at + 1;
            while (!lines.get(end).equals(FENCE)) {
                end++;
            }
            String info = line.substring(FENCE.length());
            List<String> block = lines.subList(at + 1, end);
            switch (info.split(" ", 2)[0]) {
                case "console" -> steps.addAll(console(info, block, at + 2));
                case "sh" -> steps.addAll(shell(info, block, at + 2));
                default -> {
                    for (String each : block) {
                        if (HIDDEN.matcher(each).find()) {
                            throw new IllegalArgumentException(
                                    page
                                            + ":"
                                            + (at + 1)
                                            + ": a block with commands must be"
                                            + " \"console\" or \"sh\": "
                                            + each);
                        }
                    }
                }
            }
            at = end;
        }
        return new GuidePage(String.valueOf(page.getFileName()), steps);
    }

    private static List<Step> console(String info, List<String> block, int first) {
        List<Step> steps = new ArrayList<>();
        for (int at = 0; at < block.size(); ) {
            if (!block.get(at).startsWith("$ ")) {
                throw new IllegalArgumentException((first + at) + ": output without a command");
            }
            int start = at;
            StringBuilder command = new StringBuilder(block.get(at++).substring(2));
            while (command.toString().endsWith("\\")) {
                command.setLength(command.length() - 1);
                command.append(block.get(at++).strip());
            }
            List<String> output = new ArrayList<>();
            while (at < block.size() && !block.get(at).startsWith("$ ")) {
                output.add(block.get(at++));
            }
            steps.add(step(info, first + start, command.toString(), output));
        }
        return steps;
    }

    private static List<Step> shell(String info, List<String> block, int first) {
        List<Step> steps = new ArrayList<>();
        for (int at = 0; at < block.size(); at++) {
            int start = at;
            StringBuilder command =
                    new StringBuilder(block.get(at).replaceFirst("(^| +)#( .*|$)", ""));
            while (command.toString().endsWith("\\")) {
                command.setLength(command.length() - 1);
                command.append(block.get(++at).strip());
            }
            if (!command.toString().isBlank()) {
                steps.add(step(info, first + start, command.toString().strip(), List.of()));
            }
        }
        return steps;
    }

    private static Step step(String info, int line, String command, List<String> output) {
        int not = info.indexOf(NOT_RUN);
        int exit = info.indexOf(" exit-");
        return new Step(
                line,
                command,
                output,
                exit < 0 ? 0 : info.charAt(exit + " exit-".length()) - '0',
                not < 0 ? "" : info.substring(not + NOT_RUN.length()));
    }
}
