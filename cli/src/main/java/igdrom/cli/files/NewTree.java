package igdrom.cli.files;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A directory that a command makes, with files in it.
public record NewTree(Path directory) {
    /// Checks before any work is done that the directory may be written.
    ///
    /// @throws Failure when it exists and is not empty
    public NewTree checked() {
        if (Files.exists(directory) && !isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE, directory + " exists: name a directory that does not");
        }
        return this;
    }

    private boolean isEmpty() {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        } catch (IOException _) {
            return false;
        }
    }

    /// Writes the files.
    ///
    /// @param files contents by path, which begins with a slash
    /// @param directories those that may have no file
    public void write(Map<String, Image> files, Set<String> directories) {
        try {
            for (String path : directories) {
                Files.createDirectories(at(path));
            }
            for (Map.Entry<String, Image> file : files.entrySet()) {
                Path target = at(file.getKey());
                Path parent = target.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.write(target, file.getValue().toByteArray());
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, IoReason.withFile(e, directory.toString()), e);
        }
    }

    private Path at(String path) {
        Path target = directory.resolve(path.substring(1)).normalize();
        if (!target.startsWith(directory.normalize())) {
            throw new IllegalArgumentException(path + " leads out of the directory");
        }
        return target;
    }
}
