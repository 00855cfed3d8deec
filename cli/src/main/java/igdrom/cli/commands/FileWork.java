package igdrom.cli.commands;

import igdrom.report.Report;
import java.io.IOException;
import java.nio.file.Path;

/// What a command does with one file.
interface FileWork {
    /// Reads the file and answers.
    ///
    /// @param number of the file among all: the same file may be named twice
    Report run(int number, Path file) throws IOException;
}
