package igdrom.bench.debian;

import igdrom.bytes.Image;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/// A module of Linux, and which others must be loaded before it.
///
/// Source: Linux, scripts/mod/modpost.c, add_depends(): `depends=` and names between commas, in the
/// module's section of NUL-terminated strings. Packages have no `modules.dep`: that is made where
/// they are installed.
///
/// @param bytes unpacked
public record KernelModule(String name, Image bytes, List<String> needs) {
    private static final int MOST_BYTES = 64 << 20;
    private static final int MEMORY_KIB = 128 * 1024;
    private static final int MOST_NAMES = 1000;
    private static final Image DEPENDS = Image.ofAscii("\0depends=");

    public KernelModule {
        needs = List.copyOf(needs);
    }

    /// Some modules and all that they need, in the order in which they can be loaded. What is not
    /// there is taken to be part of the kernel itself.
    ///
    /// @param folder with modules in it and in the folders below
    public static List<KernelModule> inOrder(Path folder, List<String> wanted) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.toList()) {
                String name = String.valueOf(file.getFileName());
                int end = name.indexOf(".ko");
                if (end > 0) {
                    files.put(name.substring(0, end).replace('-', '_'), file);
                }
            }
        }
        Map<String, KernelModule> loaded = new LinkedHashMap<>();
        for (String name : wanted) {
            add(name, files, loaded, 0);
        }
        return List.copyOf(loaded.values());
    }

    private static void add(
            String name, Map<String, Path> files, Map<String, KernelModule> loaded, int depth)
            throws IOException {
        String key = name.replace('-', '_');
        Path file = files.get(key);
        if (file == null || loaded.containsKey(key)) {
            return;
        }
        if (depth > files.size()) {
            throw new UntrustedException(file.toString(), "needs itself");
        }
        KernelModule module = read(key, file);
        for (String needed : module.needs()) {
            add(needed, files, loaded, depth + 1);
        }
        loaded.put(key, module);
    }

    private static KernelModule read(String name, Path file) throws IOException {
        Image bytes;
        try (InputStream packed = Files.newInputStream(file);
                InputStream in =
                        file.toString().endsWith(".xz")
                                ? new XZInputStream(packed, MEMORY_KIB)
                                : packed) {
            bytes = Image.of(in.readNBytes(MOST_BYTES));
        }
        return new KernelModule(name, bytes, needs(bytes));
    }

    static List<String> needs(Image bytes) {
        List<String> needs = new ArrayList<>();
        long at = bytes.indexOf(DEPENDS, 0);
        if (at < 0) {
            return needs;
        }
        StringBuilder name = new StringBuilder();
        for (long i = at + DEPENDS.size(); i < bytes.size() && needs.size() < MOST_NAMES; i++) {
            int c = bytes.u8(i);
            if (c == 0 || c == ',') {
                if (!name.isEmpty()) {
                    needs.add(name.toString());
                    name.setLength(0);
                }
                if (c == 0) {
                    break;
                }
            } else {
                name.append((char) c);
            }
        }
        return needs;
    }
}
