package igdrom.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Files that are part of the program, such as its tables.
///
/// They are in its jar, and unpacked beside it: `./igdrom` says where. Before the first look into a
/// jar the JDK reads the whole of its directory, which takes longer than most commands.
public final class Resource {
    private static final String UNPACKED = System.getProperty("igdrom.resources", "");

    private Resource() {}

    /// The file of that name.
    ///
    /// @param type whose package the name is relative to, and open to this module
    /// @param name with a slash in front when it is relative to nothing
    public static Image load(Class<?> type, String name) {
        return load(UNPACKED, type, name);
    }

    /// @param decompressed where the files lie, empty when that was not said
    static Image load(String decompressed, Class<?> type, String name) {
        try {
            return decompressed.isEmpty()
                    ? fromJar(type, name)
                    : fromFolder(decompressed, type, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Image fromFolder(String decompressed, Class<?> type, String name)
            throws IOException {
        String folder = name.startsWith("/") ? "" : type.getPackageName().replace('.', '/') + "/";
        try {
            return Image.load(Path.of(decompressed, folder + name));
        } catch (NoSuchFileException _) {
            return fromJar(type, name);
        }
    }

    private static Image fromJar(Class<?> type, String name) throws IOException {
        try (InputStream in = type.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return Image.of(in.readAllBytes());
        }
    }
}
