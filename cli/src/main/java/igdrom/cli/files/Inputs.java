package igdrom.cli.files;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.IoReason;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.Options;
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

/// The files that the operands of a command name.
///
/// @param several whether the user named several, or a directory
public record Inputs(List<Input> list, boolean several) {
    /// Limit for directories that mount points nest without end.
    private static final int MAX_DEPTH = 64;

    private static final String TOO_DEEP =
            "not read, it is " + MAX_DEPTH + " directories deep: name it to read the files in it";

    /// One of them.
    public sealed interface Input {
        /// The path as the user would write it.
        String name();
    }

    /// A file to read.
    public record Present(Path path) implements Input {
        @Override
        public String name() {
            return path.toString();
        }
    }

    /// A file that cannot be read.
    public record Refused(String name, ExitCode code, String reason) implements Input {}

    public Inputs {
        list = List.copyOf(list);
    }

    /// The files that can be read.
    public List<Path> present() {
        List<Path> present = new ArrayList<>();
        for (Input input : list) {
            if (input instanceof Present(Path path)) {
                present.add(path);
            }
        }
        return present;
    }

    /// The files that the operands of a command name. Nothing is read yet.
    public static Inputs of(Arguments arguments) {
        return of(arguments.operandFiles(), arguments.has(Options.RECURSIVE));
    }

    static Inputs of(List<String> arguments, boolean recursive) {
        List<Input> list = new ArrayList<>();
        boolean several = arguments.size() > 1;
        for (String argument : arguments) {
            Input single = single(argument);
            if (single == null) {
                several |= recursive;
                if (recursive) {
                    directory(Path.of(argument), list);
                } else {
                    String hint =
                            "is a directory (" + Options.RECURSIVE + " reads the files in it)";
                    list.add(new Refused(argument, ExitCode.USAGE, hint));
                }
            } else {
                list.add(single);
            }
        }
        return new Inputs(list, several);
    }

    /// Reads the file that an option names.
    ///
    /// @throws Failure when it cannot be read
    public static Image load(Path file) {
        try {
            checkReadable(file);
            return Image.load(file);
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, IoReason.withFile(e, file.toString()), e);
        }
    }

    /// Checks that there is a file to read.
    ///
    /// @throws Failure when it is missing, a directory or not a regular file
    public static void checkReadable(Path file) {
        Input input = single(file.toString());
        if (input == null) {
            throw new Failure(ExitCode.USAGE, file + ": is a directory");
        }
        if (input instanceof Refused(String name, ExitCode code, String reason)) {
            throw new Failure(code, name + ": " + reason);
        }
    }

    /// One file, or null for a directory.
    private static @Nullable Input single(String name) {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException _) {
            return new Refused(name, ExitCode.MACHINE, IoReason.UNENCODABLE_NAME);
        }
        if (Files.isRegularFile(path)) {
            return new Present(path);
        }
        if (Files.isDirectory(path)) {
            return null;
        }
        if (name.equals("-") && !Files.exists(path)) {
            return new Refused(
                    name, ExitCode.USAGE, "standard input is not read: save it in a file first");
        }
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
            return new Refused(name, ExitCode.MACHINE, "not a regular file");
        } catch (IOException e) {
            return new Refused(name, ExitCode.MACHINE, unreadable(path, e));
        }
    }

    /// Why the attributes of a file could not be read.
    static String unreadable(Path path, IOException e) {
        if (e instanceof AccessDeniedException) {
            return IoReason.of(e);
        }
        if (Files.isSymbolicLink(path)) {
            return "dangling symbolic link";
        }
        // U+FFFD stands for bytes that the JDK could not decode, and cannot be encoded back.
        return path.toString().indexOf('\ufffd') < 0
                ? IoReason.of(e)
                : "no such file, or its name is not UTF-8: rename it";
    }

    /// Adds the regular files below a directory, by name. Symbolic links to directories are not
    /// followed, since they can form a cycle.
    private static void directory(Path directory, List<Input> list) {
        List<Input> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    directory,
                    java.util.Set.of(),
                    MAX_DEPTH,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes kind) {
                            if (kind.isDirectory()) {
                                found.add(new Refused(file.toString(), ExitCode.MACHINE, TOO_DEEP));
                            } else if (Files.isRegularFile(file)) {
                                found.add(new Present(file));
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            found.add(
                                    new Refused(file.toString(), ExitCode.MACHINE, IoReason.of(e)));
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            found.add(new Refused(directory.toString(), ExitCode.MACHINE, IoReason.of(e)));
        }
        if (found.isEmpty()) {
            found.add(new Refused(directory.toString(), ExitCode.NO, "contains no files"));
        }
        found.sort((one, other) -> one.name().compareTo(other.name()));
        list.addAll(found);
    }
}
