package igdrom.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a command does with one file.
interface FileWork {
    /// Reads the file and prints what came of it.
    ///
    /// @param number of the file among all: one and the same may be named twice
    /// @param json an object that has the file's name already, or null for text
    ExitCode run(int number, Path file, Console console, @Nullable Json json) throws IOException;
}
