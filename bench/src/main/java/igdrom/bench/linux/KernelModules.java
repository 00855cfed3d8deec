package igdrom.bench.linux;

import igdrom.bytes.Image;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/// The modules of a kernel and their dependencies.
///
/// Source: Linux, include/linux/moduleparam.h: strings such as `depends=` in the section
/// `.modinfo`.
final class KernelModules {
    /// Observed: i915 of Linux 6.12 has 10 MiB.
    private static final int MAX_MODULE_BYTES = 64 << 20;

    private static final int MAX_XZ_MEMORY_KIB = 128 << 10;
    private static final Image DEPENDS = Image.ofAscii("\0depends=");

    private final Map<String, Path> files = new HashMap<>();

    /// Finds all modules in a directory.
    static KernelModules in(Path directory) throws IOException {
        KernelModules modules = new KernelModules();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                int end = name.indexOf(".ko");
                if (end > 0) {
                    modules.files.put(canonical(name.substring(0, end)), file);
                }
            }
        }
        return modules;
    }

    /// Reads modules with their dependencies, by name, in an order in which they can be loaded.
    Map<String, Image> closure(String... names) throws IOException {
        Map<String, Image> ordered = new LinkedHashMap<>();
        for (String name : names) {
            add(name, ordered, new ArrayList<>());
        }
        return ordered;
    }

    private void add(String name, Map<String, Image> ordered, List<String> dependents)
            throws IOException {
        if (ordered.containsKey(name) || dependents.contains(name)) {
            return;
        }
        Path file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name + ".ko", null, "the kernel has no such module");
        }
        Image module = load(file);
        dependents.add(name);
        for (String needed : dependencies(module)) {
            add(needed, ordered, dependents);
        }
        dependents.removeLast();
        ordered.put(name, module);
    }

    /// The names in `depends=`.
    static List<String> dependencies(Image module) {
        List<String> names = new ArrayList<>();
        long at = module.indexOf(DEPENDS, 0);
        if (at < 0) {
            return names;
        }
        long start = at + DEPENDS.size();
        long end = start;
        while (end < module.size() && module.u8(end) != 0) {
            end++;
        }
        for (String name : module.slice(start, end - start).latin1().split(",", -1)) {
            if (!name.isEmpty()) {
                names.add(canonical(name));
            }
        }
        return names;
    }

    private static Image load(Path file) throws IOException {
        if (!file.toString().endsWith(".xz")) {
            return Image.load(file);
        }
        try (InputStream in = new XZInputStream(Files.newInputStream(file), MAX_XZ_MEMORY_KIB)) {
            byte[] bytes = in.readNBytes(MAX_MODULE_BYTES);
            if (bytes.length == MAX_MODULE_BYTES) {
                throw new IOException(file + ": larger than " + MAX_MODULE_BYTES + " bytes");
            }
            return Image.of(bytes);
        }
    }

    /// The module's name in its canonical spelling: `-` and `_` are equivalent.
    private static String canonical(String name) {
        return name.replace('-', '_');
    }
}
