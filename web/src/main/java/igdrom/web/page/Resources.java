package igdrom.web.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.teavm.classlib.ResourceSupplier;
import org.teavm.classlib.ResourceSupplierContext;

/// The files that the engine reads: a service of TeaVM's, which puts them into the program: tables,
/// drivers and texts of all rooms on the class path, which are all their resources but the style
/// sheet.
@SuppressWarnings("deprecation") // TeaVM has no other way to name resources
public final class Resources implements ResourceSupplier {
    private static final Pattern NAME =
            Pattern.compile("igdrom/(?!web/).*\\.(?!class$|css$)[a-z]+");

    @Override
    public String[] supplyResources(ResourceSupplierContext context) {
        Set<String> names = new TreeSet<>();
        try {
            for (String element : System.getProperty("java.class.path").split(":", -1)) {
                Path path = Path.of(element);
                if (Files.isDirectory(path)) {
                    addFiles(path, names);
                } else if (element.endsWith(".jar")) {
                    addEntries(path, names);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names.toArray(String[]::new);
    }

    private static void addFiles(Path directory, Set<String> names) throws IOException {
        try (Stream<Path> below = Files.walk(directory)) {
            below.map(file -> directory.relativize(file).toString())
                    .forEach(name -> add(name, names));
        }
    }

    private static void addEntries(Path file, Set<String> names) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            jar.stream().forEach(entry -> add(entry.getName(), names));
        }
    }

    private static void add(String name, Set<String> names) {
        if (NAME.matcher(name).matches()) {
            names.add(name);
        }
    }
}
