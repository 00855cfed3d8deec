package igdrom.cli.commands;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.output.Console;
import igdrom.cli.output.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a command does with one file.
interface FileWork {
    /// Reads the file and prints the answer.
    ///
    /// @param number of the file among all: the same file may be named twice
    /// @param json an object that has the name of the file already, or null for text
    ExitCode run(int number, Path file, Console console, @Nullable Json json) throws IOException;
}
