package igdrom.cli.files;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.IoReason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Files that a command makes together. Each is written under a temporary name in its directory;
/// when all are complete, they are renamed.
public final class NewFiles implements AutoCloseable {
    private static final String TEMPORARY = ".igdrom-";
    private static final Pattern TEMPORARY_NAME = Pattern.compile("\\.igdrom-([0-9]{1,9})-.*");

    private final List<NewFile> files = new ArrayList<>();
    private final List<Path> temporaries = new ArrayList<>();

    /// Files that were renamed and replaced none.
    private final List<Path> named = new ArrayList<>();

    /// Writes a file under a temporary name.
    ///
    /// @throws Failure when it exists and may not be replaced, or cannot be written
    public void add(NewFile file, Image bytes) {
        add(file, bytes, null);
    }

    /// Writes a file with a mode under a temporary name, through to the disk.
    ///
    /// @param mode null for the usual one
    /// @throws Failure when it exists and may not be replaced, or cannot be written
    public void add(NewFile file, Image bytes, @Nullable FileMode mode) {
        file.checked();
        try {
            Path temporary = target(file).resolveSibling(temporaryName());
            try (OutputStream out = TemporaryFiles.file(temporary)) {
                files.add(file);
                temporaries.add(temporary);
                if (mode != null) {
                    // Before anybody could read what is private.
                    mode.applyTo(temporary);
                }
                bytes.writeTo(out);
            }
            if (mode != null) {
                try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.MACHINE, file.path() + ": no such directory", e);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /// Renames all files.
    ///
    /// @throws Failure when one cannot be renamed; then [#close] removes those that replaced none
    public void finish() {
        TemporaryFiles.lock();
        try {
            for (int i = 0; i < files.size(); i++) {
                rename(files.get(i), temporaries.get(i));
            }
            named.clear();
            temporaries.clear();
        } finally {
            TemporaryFiles.unlock();
        }
    }

    private void rename(NewFile file, Path temporary) {
        try {
            Path target = target(file);
            if (file.policy().force() || !linked(file, temporary, target)) {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            }
            if (!file.policy().force()) {
                named.add(target);
            }
            TemporaryFiles.forget(temporary);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /// Renames without replacing a file that another program has made meanwhile, on file systems
    /// with hard links.
    private static boolean linked(NewFile file, Path temporary, Path target) throws IOException {
        try {
            Files.createLink(target, temporary);
        } catch (UnsupportedOperationException | IOException _) {
            file.checked();
            return false;
        }
        Files.delete(temporary);
        return true;
    }

    /// The target of a symbolic link: the link itself is kept.
    private static Path target(NewFile file) throws IOException {
        Path path = file.path();
        return Files.isSymbolicLink(path) ? path.toRealPath() : path;
    }

    /// The exception itself names the temporary file or none.
    private static Failure failed(NewFile file, IOException e) {
        return new Failure(ExitCode.MACHINE, file.path() + ": " + IoReason.of(e), e);
    }

    private static String temporaryName() {
        return TEMPORARY
                + ProcessHandle.current().pid()
                + "-"
                + Long.toHexString(System.nanoTime());
    }

    /// Removes the temporary files that a process which was killed has left beside a file.
    public static void removeStaleBeside(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            removeStale(directory);
        }
    }

    /// Removes the temporary files that a process which was killed has left in a directory.
    public static void removeStale(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, TEMPORARY + "*")) {
            for (Path file : all) {
                Matcher name = TEMPORARY_NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    Files.delete(file);
                }
            }
        }
    }

    /// Removes everything unless [#finish] succeeded.
    @Override
    public void close() {
        for (Path left : temporaries) {
            TemporaryFiles.remove(left);
        }
        for (Path left : named) {
            boolean _ = left.toFile().delete();
        }
    }
}
