package igdrom.cli;

import igdrom.bytes.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/// A file that a command makes: whole under its name, or not at all.
record NewFile(Path path, boolean force) {
    /// Complains before any work is done when the file may not be written.
    ///
    /// @throws Failure when it exists and may not be replaced
    NewFile checked() {
        return checked(Set.of());
    }

    /// The same where files are read, too: none of them is replaced.
    ///
    /// @param read the [#identities] of those files
    NewFile checked(Set<Object> read) {
        // Nearly always there is nothing, and no need to look at it.
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            check(read);
        }
        return this;
    }

    private void check(Set<Object> read) {
        if (Files.isDirectory(path)) {
            throw new Failure(ExitCode.USAGE, path + " is a folder");
        }
        if (!force) {
            throw new Failure(ExitCode.USAGE, path + " exists (--force replaces it)");
        }
        BasicFileAttributes file;
        try {
            file = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException e) {
            boolean link = Files.isSymbolicLink(path);
            String problem = link ? " is a link that leads nowhere" : ": " + Reasons.of(e);
            throw new Failure(ExitCode.USAGE, path + problem, e);
        }
        if (!file.isRegularFile()) {
            throw new Failure(
                    ExitCode.USAGE, path + " is no regular file: --force does not replace it");
        }
        if (file.fileKey() != null && read.contains(file.fileKey())) {
            throw new Failure(
                    ExitCode.USAGE,
                    path + " is one of the files to read: --force does not replace it");
        }
    }

    /// What tells files apart, whatever path leads to them. One that cannot be read has no
    /// identity.
    static Set<Object> identities(Iterable<Path> files) {
        Set<Object> identities = new HashSet<>();
        for (Path file : files) {
            try {
                Object identity = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
                if (identity != null) {
                    identities.add(identity);
                }
            } catch (IOException _) {
                // Whoever reads it complains.
            }
        }
        return identities;
    }

    /// Writes it aside and renames it.
    void write(Image bytes) throws IOException {
        try (NewFiles files = new NewFiles()) {
            files.add(this, bytes);
            files.finish();
        }
    }
}
