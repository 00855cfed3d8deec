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
import java.util.List;
import java.util.Map;

/// Runs the commands that use most of igdrom: a program for the launcher, which makes its start-up
/// cache of the classes that this loads.
public final class Training {
    private Training() {}

    public static void main(String[] arguments) throws IOException {
        Path work = TemporaryFiles.directory("igdrom-training");
        try {
            run(work, Console.ofProcess());
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
