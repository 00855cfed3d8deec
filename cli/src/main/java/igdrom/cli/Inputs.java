package igdrom.cli;

import igdrom.bytes.Image;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files that the arguments of a command name.
///
/// @param many whether the user spoke of more than one, whatever came of it
record Inputs(List<Input> list, boolean many) {
    /// Deep enough for any tree of downloads, and an end for one that has none.
    private static final int DEEPEST = 64;

    /// One of them.
    sealed interface Input {
        /// Its path as the user would write it.
        String name();
    }

    /// One to read.
    record Present(Path path) implements Input {
        @Override
        public String name() {
            return path.toString();
        }
    }

    /// One that cannot be read.
    record Refused(String name, ExitCode code, String reason) implements Input {}

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
            Input single = single(argument);
            if (single == null) {
                many |= recursive;
                if (recursive) {
                    folder(Path.of(argument), list);
                } else {
                    String hint = "is a folder (--recursive reads what is in it)";
                    list.add(new Refused(argument, ExitCode.USAGE, hint));
                }
            } else {
                list.add(single);
            }
        }
        return new Inputs(list, many);
    }

    /// The bytes of the one file that an option names.
    ///
    /// @throws Failure when it cannot be read
    static Image load(String file) {
        try {
            return Image.load(present(file));
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, Reasons.withFile(e, file), e);
        }
    }

    /// The one file that an option names.
    ///
    /// @throws Failure when there is none
    static Path present(String file) {
        Input input = single(file);
        if (input == null) {
            throw new Failure(ExitCode.USAGE, file + ": is a folder");
        }
        if (input instanceof Refused(String name, ExitCode code, String reason)) {
            throw new Failure(code, name + ": " + reason);
        }
        return ((Present) input).path();
    }

    /// The path that the user names.
    ///
    /// @throws Failure when the locale's charset does not have the characters of its name
    static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new Failure(ExitCode.MACHINE, name + ": " + Reasons.NO_NAME, e);
        }
    }

    /// One file, or null for a folder.
    private static @Nullable Input single(String name) {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException _) {
            return new Refused(name, ExitCode.MACHINE, Reasons.NO_NAME);
        }
        if (Files.isRegularFile(path)) {
            return new Present(path);
        }
        if (Files.isDirectory(path)) {
            return null;
        }
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
            return new Refused(name, ExitCode.MACHINE, "is not a regular file");
        } catch (IOException e) {
            return new Refused(name, ExitCode.MACHINE, unreadable(path, e));
        }
    }

    /// Why nothing can be learned of it.
    static String unreadable(Path path, IOException e) {
        if (e instanceof AccessDeniedException) {
            return Reasons.of(e);
        }
        if (Files.isSymbolicLink(path)) {
            return "is a link that leads nowhere";
        }
        // What stands for bytes that are no character.
        return path.toString().indexOf('\ufffd') < 0
                ? Reasons.of(e)
                : "no such file, or its name is no UTF-8 and cannot be given: rename it";
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
                            found.add(
                                    new Refused(file.toString(), ExitCode.MACHINE, Reasons.of(e)));
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            found.add(new Refused(folder.toString(), ExitCode.MACHINE, Reasons.of(e)));
        }
        if (found.isEmpty()) {
            found.add(new Refused(folder.toString(), ExitCode.NO, "has no files in it"));
        }
        found.sort((one, other) -> one.name().compareTo(other.name()));
        list.addAll(found);
    }
}
