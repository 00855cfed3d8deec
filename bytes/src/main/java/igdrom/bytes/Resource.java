package igdrom.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that are part of the program, such as its tables, as resources on the class path.
///
/// The launcher unpacks them and names their directory in the system property `igdrom.resources`; a
/// file in that directory takes precedence.
public final class Resource {
    private static final String DIRECTORY = System.getProperty("igdrom.resources", "");

    private Resource() {}

    /// Reads a resource.
    ///
    /// @param type a class whose package is open to this module
    /// @param name relative to the package of `type`, or absolute when it starts with a slash
    /// @throws IllegalStateException when the resource is missing
    public static Image load(Class<?> type, String name) {
        return load(DIRECTORY, type, name);
    }

    /// @param directory with the unpacked resources, or empty
    static Image load(String directory, Class<?> type, String name) {
        try {
            Path file = Path.of(directory, absolute(type, name));
            return !directory.isEmpty() && Files.exists(file)
                    ? Image.load(file)
                    : fromClassPath(type, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String absolute(Class<?> type, String name) {
        return name.startsWith("/") ? name.substring(1) : directory(type.getName()) + name;
    }

    /// The directory of a class. TeaVM has no `Class.getPackageName`.
    private static String directory(String type) {
        return type.substring(0, type.lastIndexOf('.') + 1).replace('.', '/');
    }

    private static Image fromClassPath(Class<?> type, String name) throws IOException {
        try (InputStream in = type.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return Image.of(in.readAllBytes());
        }
    }
}
