package igdrom.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `igdrom demo`.
final class DemoCommand implements Command {
    private static final String NAME = "demo.bin";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(CommandName.DEMO);
        spec.addOption(
                        Options.value(
                                "DIR", "Keep the image and its parts there.", "-o", "--output"))
                .addOption(Options.flag("Replace files that exist.", "-f", "--force"))
                .addOption(Options.flag("What inspect says, as one JSON object.", "--json"));
        Options.examples(spec, "igdrom demo", "igdrom demo -o /tmp/demo");
        return Options.common(spec);
    }

    @Override
    public ExitCode run(ParseResult options, Console console) throws IOException {
        String kept = options.matchedOptionValue("--output", "");
        boolean json = options.hasMatchedOption("--json");
        if (!kept.isEmpty()) {
            Path folder = Files.createDirectories(Path.of(kept));
            return show(folder, options.hasMatchedOption("--force"), json, console);
        }
        Path folder = Files.createTempDirectory("igdrom-demo");
        try {
            return show(folder, false, json, console);
        } finally {
            remove(folder);
        }
    }

    private static ExitCode show(Path folder, boolean force, boolean json, Console console)
            throws IOException {
        Path image = folder.resolve(NAME);
        if (!force && Files.exists(image)) {
            throw new Failure(ExitCode.USAGE, image + " exists (--force replaces it)");
        }
        Files.write(image, DemoImage.make().toByteArray());
        String file = image.toString();
        if (json) {
            return Commands.run(List.of("inspect", "--json", file), console);
        }
        Output out = console.out();
        out.line("A firmware image, made on the spot with a driver that only looks like a GOP.");
        String parts = folder.resolve("parts").toString();
        List<String> extract = new ArrayList<>(List.of("extract", file, "-o", parts));
        String rom = folder.resolve("igd.rom").toString();
        List<String> build =
                new ArrayList<>(List.of("build", "-d", "8086:46d1", "--firmware", file, "-o", rom));
        if (force) {
            extract.add("--force");
            build.add("--force");
        }
        List<List<String>> lines =
                List.of(
                        List.of("inspect", "--device", "8086:46d4", file),
                        extract,
                        List.of("vbt", "show", parts + "/vbt-alderlake-p.bin"),
                        build,
                        List.of("verify", "-d", "8086:46d1", rom));
        for (List<String> line : lines) {
            out.newline().styled(Style.STRONG, "$ igdrom " + String.join(" ", line)).newline();
            Commands.run(line, console);
        }
        return ExitCode.OK;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
