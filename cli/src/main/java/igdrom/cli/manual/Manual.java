package igdrom.cli.manual;

import igdrom.cli.commands.Commands;
import igdrom.cli.options.CommandSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Writes the man pages and the completion of three shells to a directory: a program for
/// `./package`.
///
/// Arguments: the directory and the date of the release.
public final class Manual {
    private Manual() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("usage: Manual DIRECTORY DATE");
        }
        write(Path.of(arguments[0]), arguments[1]);
    }

    static void write(Path directory, String date) throws IOException {
        Map<String, CommandSyntax> commands = Commands.syntaxes();
        String version = Commands.version();
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("igdrom.1"), ManPage.overview(commands, version, date));
        for (Map.Entry<String, CommandSyntax> command : commands.entrySet()) {
            Files.writeString(
                    directory.resolve(ManPage.name(command.getKey()) + ".1"),
                    ManPage.of(command.getKey(), command.getValue(), version, date));
        }
        Files.writeString(directory.resolve("igdrom.bash"), BashCompletion.script(commands));
        Files.writeString(directory.resolve("_igdrom"), ZshCompletion.script(commands));
        Files.writeString(directory.resolve("igdrom.fish"), FishCompletion.script(commands));
    }
}
