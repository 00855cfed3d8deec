package igdrom.host.linux;

import igdrom.bytes.Image;
import igdrom.host.Fact;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The file system that facts are read from: `/`, or a directory with a copy of the files.
///
/// Whatever cannot be read is an unknown fact. Only regular files are opened, since opening a FIFO
/// or a device can block.
///
/// @param paths finds the files
/// @param copy receives what was read, without identifiers
public record HostRoot(HostPaths paths, TreeBuilder copy) {
    /// Larger than any text file that is read.
    static final int MAX_TEXT = 1 << 20;

    /// More entries than any directory that is read has.
    static final int MAX_ENTRIES = 10_000;

    /// The reason why a file that is not there is unknown.
    static final String MISSING = "no such file";

    /// The reason why an empty file is unknown.
    static final String EMPTY = "empty";

    /// The files below `/`, or below a directory with a copy of them.
    public static HostRoot of(Path root) {
        boolean live = root.toAbsolutePath().normalize().getNameCount() == 0;
        return new HostRoot(
                live ? new HostPaths.Live() : new HostPaths.Recorded(root), new TreeBuilder());
    }

    /// Whether the files are those of the running system.
    boolean isLive() {
        return paths instanceof HostPaths.Live;
    }

    /// The first bytes of a file.
    ///
    /// @param path absolute, as on the machine itself
    Fact<Image> bytes(String path, int maxSize) {
        return bytes(path, maxSize, UnaryOperator.identity());
    }

    /// The first bytes of a file.
    ///
    /// @param cleaned removes identifiers
    Fact<Image> bytes(String path, int maxSize, UnaryOperator<Image> cleaned) {
        try {
            Path file = paths.at(path);
            checkRegular(file);
            try (InputStream in = Files.newInputStream(file)) {
                Image image = cleaned.apply(Image.of(in.readNBytes(maxSize)));
                copy.file(path, image);
                return image.isEmpty()
                        ? new Fact.Unknown<>(path, EMPTY)
                        : new Fact.Known<>(image, path);
            }
        } catch (NoSuchFileException e) {
            return new Fact.Unknown<>(path, reason(e));
        } catch (IOException e) {
            copy.unreadable(path);
            return new Fact.Unknown<>(path, reason(e));
        }
    }

    /// A text file, without blanks around it.
    Fact<String> text(String path) {
        return text(path, MAX_TEXT, UnaryOperator.identity());
    }

    /// A text file, without blanks around it.
    ///
    /// @param maxSize a larger file is unknown
    /// @param cleaned removes identifiers, before anything else sees the text
    Fact<String> text(String path, int maxSize, UnaryOperator<String> cleaned) {
        List<String> problems = new ArrayList<>();
        Fact<Image> bytes =
                bytes(
                        path,
                        maxSize + 1,
                        image -> {
                            Optional<String> problem = problem(image, maxSize);
                            if (problem.isPresent()) {
                                problems.add(problem.get());
                                return Image.EMPTY;
                            }
                            Image rest = utf8(cleaned.apply(decoded(image)));
                            if (rest.isEmpty() && !image.isEmpty()) {
                                problems.add("has nothing that is read from it");
                            }
                            return rest;
                        });
        return switch (bytes) {
            case Fact.Known<Image>(Image image, String source) ->
                    new Fact.Known<>(decoded(image).strip(), source);
            case Fact.Unknown<Image>(String source, String reason) ->
                    new Fact.Unknown<>(source, problems.isEmpty() ? reason : problems.getFirst());
        };
    }

    private static Optional<String> problem(Image image, int maxSize) {
        if (image.size() > maxSize) {
            return Optional.of("larger than %d bytes".formatted(maxSize));
        }
        boolean text = decoded(image).chars().allMatch(HostRoot::isText);
        return text ? Optional.empty() : Optional.of("not text");
    }

    private static boolean isText(int character) {
        return (character >= ' ' && character != 0x7f)
                || character == '\n'
                || character == '\t'
                || character == '\r';
    }

    private static String decoded(Image image) {
        return new String(image.toByteArray(), StandardCharsets.UTF_8);
    }

    private static Image utf8(String text) {
        return Image.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Bytes in the middle of a file, such as `/dev/mem`.
    Fact<Image> bytesAt(String path, long offset, int size) {
        String source = path + " at 0x" + Long.toHexString(offset);
        try {
            Path file = paths.at(path);
            if (!isLive()) {
                checkRegular(file);
            }
            try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
                byte[] bytes = new byte[size];
                in.seek(offset);
                in.readFully(bytes);
                return new Fact.Known<>(Image.of(bytes), source);
            }
        } catch (EOFException _) {
            return new Fact.Unknown<>(source, "the file ends before that");
        } catch (FileNotFoundException _) {
            return new Fact.Unknown<>(source, exists(path) ? "permission denied" : MISSING);
        } catch (IOException e) {
            return new Fact.Unknown<>(source, reason(e));
        }
    }

    /// The names in a directory, sorted.
    Fact<List<String>> names(String path) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(paths.directory(path))) {
            for (Path entry : entries) {
                if (names.size() == MAX_ENTRIES) {
                    return new Fact.Unknown<>(path, "more than %d entries".formatted(MAX_ENTRIES));
                }
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (DirectoryIteratorException e) {
            return new Fact.Unknown<>(path, reason(Objects.requireNonNull(e.getCause())));
        } catch (IOException e) {
            return new Fact.Unknown<>(path, reason(e));
        }
        copy.directory(path);
        names.sort(null);
        return new Fact.Known<>(List.copyOf(names), path);
    }

    /// The names in a directory, sorted, where they are all that is read of its files.
    Fact<List<String>> listing(String path) {
        Fact<List<String>> names = names(path);
        names.value().ifPresent(all -> all.forEach(name -> copy.unreadable(path + "/" + name)));
        return names;
    }

    /// The names in a directory, sorted; empty when it cannot be read.
    List<String> namesIn(String path) {
        return names(path).value().orElse(List.of());
    }

    /// The last name of the path that a link contains; empty where its directory has no such link.
    Fact<Optional<String>> link(String path) {
        return target(path)
                .map(target -> target.map(text -> text.substring(text.lastIndexOf('/') + 1)));
    }

    /// The path that a link contains; empty where its directory has no such link.
    Fact<Optional<String>> target(String path) {
        try {
            Optional<String> target = paths.link(path);
            if (target.isPresent()) {
                copy.file(path, utf8(target.get()));
            } else if (!exists(path.substring(0, path.lastIndexOf('/')))) {
                return new Fact.Unknown<>(path, MISSING);
            }
            return new Fact.Known<>(target, path);
        } catch (IOException e) {
            copy.unreadable(path);
            return new Fact.Unknown<>(path, reason(e));
        }
    }

    boolean exists(String path) {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(paths.at(path), BasicFileAttributes.class);
            if (found.isDirectory()) {
                copy.directory(path);
            } else {
                copy.unreadable(path);
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static void checkRegular(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    Files.isDirectory(file) ? "is a directory" : "is not a regular file");
        }
    }

    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _, NotDirectoryException _ -> MISSING;
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException other when other.getReason() != null ->
                    String.valueOf(other.getReason());
            default -> String.valueOf(e.getMessage());
        };
    }
}
