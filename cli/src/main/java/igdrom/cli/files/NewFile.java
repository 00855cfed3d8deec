package igdrom.cli.files;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.IoReason;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.Option;
import igdrom.cli.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// A file that a command makes: complete under its name, or not at all.
///
/// @param policy whether it may replace an existing file
public record NewFile(Path path, OverwritePolicy policy) {
    /// The file that an option names, empty when it was not given.
    ///
    /// @throws Failure when it exists and may not be replaced
    public static Optional<NewFile> of(Arguments arguments, Option<Path> option) {
        return arguments
                .get(option)
                .map(path -> new NewFile(path, OverwritePolicy.of(arguments)).checked());
    }

    /// Checks before any work is done that the file may be written.
    ///
    /// @throws Failure when it exists and may not be replaced
    public NewFile checked() {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            checkReplaceable();
        }
        return this;
    }

    private void checkReplaceable() {
        if (Files.isDirectory(path)) {
            throw new Failure(ExitCode.USAGE, path + " is a directory");
        }
        if (!policy.force()) {
            throw new Failure(ExitCode.USAGE, path + " exists (" + Options.FORCE + " replaces it)");
        }
        BasicFileAttributes file;
        try {
            file = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException e) {
            boolean link = Files.isSymbolicLink(path);
            String problem = link ? " is a dangling symbolic link" : ": " + IoReason.of(e);
            throw new Failure(ExitCode.USAGE, path + problem, e);
        }
        if (!file.isRegularFile()) {
            throw new Failure(
                    ExitCode.USAGE,
                    path + " is not a regular file: " + Options.FORCE + " does not replace it");
        }
        if (policy.isInput(file)) {
            throw new Failure(
                    ExitCode.USAGE,
                    path + " is an input: " + Options.FORCE + " does not replace it");
        }
    }

    /// Writes the file under a temporary name and renames it.
    public void write(Image bytes) {
        try (NewFiles files = new NewFiles()) {
            files.add(this, bytes);
            files.finish();
        }
    }
}
