package igdrom.cli.commands;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.files.NewFile;
import igdrom.cli.files.OverwritePolicy;
import igdrom.cli.files.TemporaryFiles;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.Output;
import igdrom.report.text.Style;
import igdrom.samples.SampleFlash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `igdrom demo`.
final class DemoCommand implements Command {
    private static final String NAME = "demo.bin";

    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.DEMO.summary())
                .options(Options.DEMO_DIRECTORY, Options.FORCE, Options.DEMO_JSON)
                .examples("igdrom demo", "igdrom demo -o /tmp/demo");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        boolean json = arguments.has(Options.DEMO_JSON);
        Optional<Path> kept = arguments.get(Options.DEMO_DIRECTORY);
        if (kept.isPresent()) {
            Extraction.check(kept.get());
            Files.createDirectories(kept.get());
            return show(kept.get(), OverwritePolicy.of(arguments), json, console);
        }
        Path directory = TemporaryFiles.directory("igdrom-demo");
        try {
            return show(directory, OverwritePolicy.NEVER, json, console);
        } finally {
            TemporaryFiles.remove(directory);
        }
    }

    private static ExitCode show(
            Path directory, OverwritePolicy policy, boolean json, Console console)
            throws IOException {
        Path image = directory.resolve(NAME);
        new NewFile(image, policy).write(SampleFlash.make());
        String file = image.toString();
        if (json) {
            return Commands.run(List.of("inspect", Options.JSON.name(), file), console);
        }
        Output out = console.out();
        out.line("A generated firmware image, with a driver that only looks like a GOP.");
        String parts = directory.resolve("parts").toString();
        List<String> extract = new ArrayList<>(List.of("extract", file, "-o", parts));
        String rom = directory.resolve("igd.rom").toString();
        List<String> build =
                new ArrayList<>(
                        List.of(
                                "build",
                                "-d",
                                "8086:46d1",
                                Options.FIRMWARE.name(),
                                file,
                                "-o",
                                rom));
        if (policy.force()) {
            extract.add(Options.FORCE.name());
            build.add(Options.FORCE.name());
        }
        List<List<String>> lines =
                List.of(
                        List.of("inspect", Options.DEVICE.name(), "8086:46d1", file),
                        extract,
                        List.of("vbt", "show", parts + "/vbt-alderlake-p.bin"),
                        build,
                        List.of("verify", "-d", "8086:46d1", rom));
        for (List<String> line : lines) {
            out.newline().styled(Style.HEADING, "$ igdrom " + String.join(" ", line)).newline();
            Commands.run(line, console);
        }
        return ExitCode.OK;
    }
}
