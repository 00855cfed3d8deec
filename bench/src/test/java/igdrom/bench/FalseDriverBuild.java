package igdrom.bench;

import igdrom.bench.FalseDriver.Patch;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.Driver;
import igdrom.formats.pe.PeImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Compiles false drivers from the driver's sources, with its own compiler and flags. Objects of
/// sources that a patch leaves alone are compiled once.
final class FalseDriverBuild {
    private static final Path DRIVER =
            Path.of(System.getProperty("basedir", "."), "..", "driver").toAbsolutePath();
    private static final Path SOURCES = DRIVER.resolve("src/main/c");
    private static final String SUBSYSTEM = "efi_boot_service_driver";

    /// A removed call leaves unused functions, and headers are found beside the copied sources.
    private static final String OPTION = "-Wno-error";

    private final Path directory;
    private final Path objects;
    private final Driver original;

    private FalseDriverBuild(Path directory, Path objects, Driver original) {
        this.directory = directory;
        this.objects = objects;
        this.original = original;
    }

    /// Whether the build unpacked the compiler.
    static boolean isPossible() {
        return Files.isReadable(DRIVER.resolve("target/clang/clang"));
    }

    /// Compiles the sources as they are.
    static FalseDriverBuild in(Path directory) throws IOException, InterruptedException {
        Path sources = copySources(directory.resolve("original"));
        Path objects = Files.createDirectory(directory.resolve("objects"));
        Path program = directory.resolve("original.efi");
        compile(sources, objects, program);
        return new FalseDriverBuild(directory, objects, driver(program));
    }

    /// The driver without any patch.
    Driver original() {
        return original;
    }

    /// The sources that the patches change.
    static Map<String, String> patched(FalseDriver wanted) throws IOException {
        Map<String, String> texts = new HashMap<>();
        for (Patch patch : wanted.patches()) {
            String file = patch.file();
            String text = texts.get(file);
            texts.put(
                    file,
                    patch.apply(text == null ? Files.readString(SOURCES.resolve(file)) : text));
        }
        return texts;
    }

    /// @param number different for each
    Driver build(FalseDriver wanted, int number) throws IOException, InterruptedException {
        Path own = Files.createDirectory(directory.resolve(Integer.toString(number)));
        Path sources = copySources(own.resolve("c"));
        Map<String, String> texts = patched(wanted);
        Path kept = Files.createDirectory(own.resolve("objects"));
        boolean header = texts.keySet().stream().anyMatch(file -> file.endsWith(".h"));
        for (Path object : header ? List.<Path>of() : files(objects, ".o")) {
            Path name = object.getFileName();
            if (!texts.containsKey(name.toString().replace(".o", ".c"))) {
                Files.createLink(kept.resolve(name), object);
            }
        }
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            Files.writeString(sources.resolve(entry.getKey()), entry.getValue());
        }
        Path program = own.resolve("false.efi");
        compile(sources, kept, program);
        return driver(program);
    }

    private static Driver driver(Path program) throws IOException {
        PeImage image =
                PeImage.read(
                        Image.load(program),
                        Location.root(String.valueOf(program.getFileName())),
                        new Diagnostics());
        return new Driver(image, Optional.empty());
    }

    private static void compile(Path sources, Path objects, Path program)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(DRIVER.resolve("build-efi").toString());
        command.add(DRIVER.resolve("target/clang").toString());
        command.add(program.toString());
        command.add(OPTION);
        command.add(SUBSYSTEM);
        files(sources, ".c").forEach(file -> command.add(file.toString()));
        Path log = program.resolveSibling(program.getFileName() + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("OBJECTS", objects.toString());
        if (builder.start().waitFor() != 0) {
            throw new AssertionError(Files.readString(log));
        }
    }

    private static Path copySources(Path to) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(SOURCES.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, copy);
                }
            }
        }
        return to;
    }

    private static List<Path> files(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
