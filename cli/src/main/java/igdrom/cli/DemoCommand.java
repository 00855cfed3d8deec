package igdrom.cli;

import igdrom.samples.SampleFlash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParseResult;

/// `igdrom demo`. The launcher trains its cache with it, by an option that the help does not show.
final class DemoCommand implements Command {
    private static final String NAME = "demo.bin";

    @Override
    public Syntax syntax() {
        return Syntax.of(CommandName.DEMO)
                .value("DIR", "Keep the image and its parts there.", "-o", "--output")
                .flag("Replace files that exist.", "-f", "--force")
                .flag("What inspect says, as one JSON object.", "--json")
                .hidden("--train")
                .examples("igdrom demo", "igdrom demo -o /tmp/demo");
    }

    @Override
    public ExitCode run(ParseResult options, Console console) throws IOException {
        String kept = options.matchedOptionValue("--output", "");
        boolean json = options.hasMatchedOption("--json");
        if (!kept.isEmpty()) {
            Path folder = Inputs.path(kept);
            Extraction.check(folder);
            Files.createDirectories(folder);
            return show(folder, options.hasMatchedOption("--force"), json, console);
        }
        Path folder = TemporaryFiles.folder("igdrom-demo");
        try {
            ExitCode code = show(folder, false, json, console);
            if (options.hasMatchedOption("--train")) {
                train(folder, console);
            }
            return code;
        } finally {
            TemporaryFiles.remove(folder);
        }
    }

    private static ExitCode show(Path folder, boolean force, boolean json, Console console)
            throws IOException {
        Path image = folder.resolve(NAME);
        new NewFile(image, force).write(SampleFlash.make());
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

    /// Goes the ways on which real images lead and the demo does not.
    private static void train(Path folder, Console console) throws IOException {
        String image = folder.resolve(NAME).toString();
        String rom = folder.resolve("igd.rom").toString();
        String parts = folder.resolve("parts").toString();
        Commands.run(List.of("inspect", "--json", image), console);
        Commands.run(List.of("extract", "--force", image, "-o", parts), console);
        Commands.run(List.of("verify", "--json", rom), console);
    }
}
