package igdrom.cli;

import igdrom.bytes.Image;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A file that a command makes: whole under its name, or not at all.
record NewFile(Path path, boolean force) {
    /// Complains before any work is done when the file may not be written.
    ///
    /// @throws Failure when it exists and may not be replaced
    NewFile checked() {
        if (Files.isDirectory(path)) {
            throw new Failure(ExitCode.USAGE, path + " is a folder");
        }
        if (!force && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new Failure(ExitCode.USAGE, path + " exists (--force replaces it)");
        }
        return this;
    }

    /// Writes it aside and renames it.
    void write(Image bytes) throws IOException {
        checked();
        Path aside = path.resolveSibling(nameAside());
        boolean moved = false;
        try {
            try (OutputStream out = created(aside)) {
                bytes.writeTo(out);
            }
            move(aside);
            moved = true;
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.MACHINE, path + ": there is no such folder", e);
        } catch (IOException e) {
            // Its own words would name the file aside, or none.
            throw new Failure(ExitCode.MACHINE, path + ": " + Reasons.of(e), e);
        } finally {
            if (!moved) {
                Files.deleteIfExists(aside);
            }
        }
    }

    /// A name for a file that is not done, which no other file has. The number of the process would
    /// do, but the JDK takes a millisecond to tell it.
    static String nameAside() {
        return ".igdrom-" + Long.toHexString(System.nanoTime());
    }

    /// Opens a file that was not there. The channels behind Files take a while to start, but say
    /// why they cannot.
    private static OutputStream created(Path aside) throws IOException {
        File file = aside.toFile();
        try {
            if (file.createNewFile()) {
                return new FileOutputStream(file);
            }
        } catch (IOException _) {
            // Said below.
        }
        return Files.newOutputStream(aside, StandardOpenOption.CREATE_NEW);
    }

    private void move(Path aside) throws IOException {
        try {
            Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(aside, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
