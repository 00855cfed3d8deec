package igdrom.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// The files that the arguments of a command name.
///
/// @param many whether the user spoke of more than one, whatever came of it
record Inputs(List<Input> list, boolean many) {
    /// Deep enough for any tree of downloads, and an end for one that has none.
    private static final int DEEPEST = 64;

    /// One of them.
    sealed interface Input {
        Path path();

        /// Its path as the user would write it.
        default String name() {
            return path().toString();
        }
    }

    /// One to read.
    record Present(Path path) implements Input {}

    /// One that cannot be read.
    record Refused(Path path, ExitCode code, String reason) implements Input {}

    Inputs {
        list = List.copyOf(list);
    }

    /// Those that can be read.
    List<Path> present() {
        List<Path> present = new ArrayList<>();
        for (Input input : list) {
            if (input instanceof Present(Path path)) {
                present.add(path);
            }
        }
        return present;
    }

    static Inputs of(String[] arguments, boolean recursive) {
        List<Input> list = new ArrayList<>();
        boolean many = arguments.length > 1;
        for (String argument : arguments) {
            Path path = Path.of(argument);
            if (Files.isDirectory(path) && recursive) {
                many = true;
                folder(path, list);
            } else {
                list.add(single(path));
            }
        }
        return new Inputs(list, many);
    }

    private static Input single(Path path) {
        if (Files.isRegularFile(path)) {
            return new Present(path);
        }
        if (Files.isDirectory(path)) {
            return new Refused(
                    path, ExitCode.USAGE, "is a folder (--recursive reads what is in it)");
        }
        if (Files.exists(path)) {
            return new Refused(path, ExitCode.MACHINE, "is not a regular file");
        }
        boolean link = Files.isSymbolicLink(path);
        return new Refused(
                path, ExitCode.MACHINE, link ? "is a link that leads nowhere" : "no such file");
    }

    /// Adds the regular files below `folder`, by name. Links to folders are not followed: they can
    /// lead round in a circle.
    private static void folder(Path folder, List<Input> list) {
        List<Input> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder,
                    java.util.Set.of(),
                    DEEPEST,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes kind) {
                            if (Files.isRegularFile(file)) {
                                found.add(new Present(file));
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            found.add(new Refused(file, ExitCode.MACHINE, Reasons.of(e)));
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            found.add(new Refused(folder, ExitCode.MACHINE, Reasons.of(e)));
        }
        if (found.isEmpty()) {
            found.add(new Refused(folder, ExitCode.NO, "has no files in it"));
        }
        found.sort((one, other) -> one.path().compareTo(other.path()));
        list.addAll(found);
    }
}
