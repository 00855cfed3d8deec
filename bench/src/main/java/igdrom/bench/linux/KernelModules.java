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

/// The modules of a kernel, and which need which.
///
/// Source: Linux, include/linux/moduleinfo: a section of strings, `depends=` among them.
final class KernelModules {
    /// i915 of Linux 6.12 has 10 MiB.
    private static final int MAX_SIZE = 64 << 20;

    private static final int MEMORY_KIB = 128 << 10;
    private static final Image DEPENDS = Image.ofAscii("\0depends=");

    private final Map<String, Path> files = new HashMap<>();

    /// All modules in a folder.
    static KernelModules in(Path folder) throws IOException {
        KernelModules modules = new KernelModules();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                int end = name.indexOf(".ko");
                if (end > 0) {
                    modules.files.put(plain(name.substring(0, end)), file);
                }
            }
        }
        return modules;
    }

    /// These modules and what they need, each behind what it needs, by name.
    Map<String, Image> closure(String... names) throws IOException {
        Map<String, Image> ordered = new LinkedHashMap<>();
        for (String name : names) {
            add(name, ordered, new ArrayList<>());
        }
        return ordered;
    }

    private void add(String name, Map<String, Image> ordered, List<String> above)
            throws IOException {
        if (ordered.containsKey(name) || above.contains(name)) {
            return;
        }
        Path file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name + ".ko", null, "the kernel has no such module");
        }
        Image module = load(file);
        above.add(name);
        for (String needed : depends(module)) {
            add(needed, ordered, above);
        }
        above.removeLast();
        ordered.put(name, module);
    }

    /// What a module needs.
    static List<String> depends(Image module) {
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
                names.add(plain(name));
            }
        }
        return names;
    }

    private static Image load(Path file) throws IOException {
        if (!file.toString().endsWith(".xz")) {
            return Image.load(file);
        }
        try (InputStream in = new XZInputStream(Files.newInputStream(file), MEMORY_KIB)) {
            byte[] bytes = in.readNBytes(MAX_SIZE);
            if (bytes.length == MAX_SIZE) {
                throw new IOException(file + ": more than " + MAX_SIZE + " bytes");
            }
            return Image.of(bytes);
        }
    }

    /// Both are written, and mean the same.
    private static String plain(String name) {
        return name.replace('-', '_');
    }
}
