package igdrom.cli;

import igdrom.bytes.Image;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// Files that a command makes together. Each is written aside, in the folder that it is for; when
/// all are whole, they get their names.
final class NewFiles implements AutoCloseable {
    private final List<NewFile> files = new ArrayList<>();
    private final List<Path> asides = new ArrayList<>();

    /// Those that have their names and did not replace anything.
    private final List<Path> named = new ArrayList<>();

    /// Writes one of them aside.
    ///
    /// @throws Failure when it exists and may not be replaced, or cannot be written
    void add(NewFile file, Image bytes) {
        file.checked();
        try {
            Path aside = target(file).resolveSibling(nameAside());
            try (OutputStream out = TemporaryFiles.file(aside)) {
                files.add(file);
                asides.add(aside);
                bytes.writeTo(out);
            }
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.MACHINE, file.path() + ": there is no such folder", e);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /// Gives all of them their names.
    ///
    /// @throws Failure when one cannot have its own; then none has that replaces no other
    void finish() {
        TemporaryFiles.lock();
        try {
            for (int i = 0; i < files.size(); i++) {
                name(files.get(i), asides.get(i));
            }
            named.clear();
            asides.clear();
        } finally {
            TemporaryFiles.unlock();
        }
    }

    private void name(NewFile file, Path aside) {
        try {
            Path target = target(file);
            if (file.force() || !linked(file, aside, target)) {
                Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            }
            if (!file.force()) {
                named.add(target);
            }
            TemporaryFiles.forget(aside);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /// Renames without replacing what another program made meanwhile, where links can be made.
    private static boolean linked(NewFile file, Path aside, Path target) throws IOException {
        try {
            Files.createLink(target, aside);
        } catch (UnsupportedOperationException | IOException _) {
            file.checked();
            return false;
        }
        Files.delete(aside);
        return true;
    }

    /// Where a link leads: that is written, and the link stays one.
    private static Path target(NewFile file) throws IOException {
        Path path = file.path();
        return Files.isSymbolicLink(path) ? path.toRealPath() : path;
    }

    /// The exception's own words would name the file aside, or none.
    private static Failure failed(NewFile file, IOException e) {
        return new Failure(ExitCode.MACHINE, file.path() + ": " + Reasons.of(e), e);
    }

    /// A name that no other file has. The number of the process would do, but the JDK takes a
    /// millisecond to tell it.
    private static String nameAside() {
        return ".igdrom-" + Long.toHexString(System.nanoTime());
    }

    /// Removes what has not got its name.
    @Override
    public void close() {
        for (Path left : asides) {
            TemporaryFiles.remove(left);
        }
        for (Path left : named) {
            boolean _ = left.toFile().delete();
        }
    }
}
