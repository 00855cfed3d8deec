package igdrom.host.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the files of a machine.
public sealed interface HostPaths {
    /// The file, with links on the way followed.
    ///
    /// @param path absolute, as on the machine itself
    Path at(String path) throws IOException;

    /// The directory, with links on the way and at its end followed.
    Path directory(String path) throws IOException;

    /// The path that a link contains, empty where there is nothing.
    ///
    /// @throws NotLinkException when there is something else
    Optional<String> link(String path) throws IOException;

    /// The running system.
    record Live() implements HostPaths {
        @Override
        public Path at(String path) {
            return Path.of(path);
        }

        @Override
        public Path directory(String path) {
            return Path.of(path);
        }

        @Override
        public Optional<String> link(String path) throws IOException {
            try {
                return Optional.of(Files.readSymbolicLink(Path.of(path)).toString());
            } catch (NoSuchFileException _) {
                return Optional.empty();
            }
        }
    }

    /// A directory with a copy of the files. Links lead nowhere else: an absolute path in a link
    /// begins at the directory. A small file with a path that begins with `../` is a link to a
    /// directory too, since archives, git on some systems and uploads lose links.
    ///
    /// @param directories that were found, by path
    record Recorded(Path root, Map<String, Path> directories) implements HostPaths {
        /// Limit of Linux.
        private static final int MAX_LINKS = 40;

        private static final int MAX_TARGET = 4096;

        Recorded(Path root) {
            this(root, new HashMap<>());
        }

        @Override
        public Path at(String path) throws IOException {
            Path file = parent(path).resolve(name(path));
            return Files.isSymbolicLink(file) ? found(path) : file;
        }

        @Override
        public Path directory(String path) throws IOException {
            Path known = directories.get(path);
            if (known != null) {
                return known;
            }
            Path found = found(path);
            directories.put(path, found);
            return found;
        }

        @Override
        public Optional<String> link(String path) throws IOException {
            Path file = parent(path).resolve(name(path));
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            if (Files.isSymbolicLink(file)) {
                return Optional.of(Files.readSymbolicLink(file).toString());
            }
            Optional<String> target = pathIn(file);
            if (target.isEmpty()) {
                throw new NotLinkException(path, null, "is not a link");
            }
            return target;
        }

        private Path parent(String path) throws IOException {
            int slash = path.lastIndexOf('/');
            return slash == 0 ? root : directory(path.substring(0, slash));
        }

        private static String name(String path) {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        private Path found(String path) throws IOException {
            Deque<String> names = new ArrayDeque<>(List.of(path.split("/", -1)));
            Path at = root;
            int links = 0;
            while (!names.isEmpty()) {
                String name = names.pop();
                if (name.isEmpty() || name.equals(".")) {
                    continue;
                }
                if (name.equals("..")) {
                    Path parent = at.getParent();
                    at = at.equals(root) || parent == null ? root : parent;
                    continue;
                }
                Path next = at.resolve(name);
                String target = targetOf(next);
                if (target == null) {
                    at = next;
                    continue;
                }
                links++;
                if (links > MAX_LINKS) {
                    throw new FileSystemException(path, null, "too many levels of links");
                }
                at = target.startsWith("/") ? root : at;
                List.of(target.split("/", -1)).reversed().forEach(names::push);
            }
            return at;
        }

        /// The path in a link, or in a file that stands for one; null for everything else.
        private static @Nullable String targetOf(Path file) throws IOException {
            if (Files.isSymbolicLink(file)) {
                return Files.readSymbolicLink(file).toString();
            }
            return pathIn(file).filter(path -> path.startsWith("../")).orElse(null);
        }

        /// The path that a small file consists of.
        private static Optional<String> pathIn(Path file) throws IOException {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_TARGET) {
                return Optional.empty();
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return !text.isEmpty() && text.chars().allMatch(one -> one > ' ' && one < 0x7f)
                    ? Optional.of(text)
                    : Optional.empty();
        }
    }
}
