package igdrom.cli;

import igdrom.bytes.Image;
import igdrom.cli.files.TemporaryFiles;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.samples.SampleHost;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs the commands that use most of igdrom, and loads the other classes: a program for the
/// launcher, whose start-up cache then contains them.
public final class Training {
    private static final Pattern CLASS = Pattern.compile("(igdrom/.+)\\.class");

    private Training() {}

    public static void main(String[] arguments) throws IOException {
        Path work = TemporaryFiles.directory("igdrom-training");
        try {
            run(work, Console.ofProcess());
            loadClasses(Path.of(System.getProperty("java.class.path")));
        } finally {
            TemporaryFiles.remove(work);
        }
    }

    /// Reads nothing of this machine: nobody asked for that when a cache is made.
    static void run(Path work, Console console) throws IOException {
        Path host = work.resolve("host");
        write(host, SampleHost.files());
        Path texts = work.resolve("texts");
        write(texts, SampleHost.texts());
        String demo = work.resolve("demo").toString();
        for (List<String> command :
                List.of(
                        List.of("demo", Options.NO_TEST.name(), "-o", demo),
                        List.of("doctor", Options.ROOT.name(), host.toString()),
                        List.of("doctor", Options.FROM.name(), texts.toString()))) {
            Main.run(command, console);
        }
    }

    /// Loads what the commands above do not use: `test` would need a QEMU. Leaves out the classes
    /// that extend one of a library beside the jar, with which QEMU is fetched.
    ///
    /// @param jar igdrom's
    static int loadClasses(Path jar) throws IOException {
        int loaded = 0;
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                Matcher name = CLASS.matcher(entry.getName());
                if (name.matches() && isLoaded(name.group(1).replace('/', '.'))) {
                    loaded++;
                }
            }
        }
        return loaded;
    }

    private static boolean isLoaded(String name) {
        try {
            Class.forName(name, false, Training.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | NoClassDefFoundError _) {
            return false;
        }
    }

    private static void write(Path directory, Map<String, Image> files) throws IOException {
        for (Map.Entry<String, Image> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            try (OutputStream out = Files.newOutputStream(path)) {
                file.getValue().writeTo(out);
            }
        }
    }
}
