package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.files.NewFile;
import igdrom.cli.json.JacksonFormat;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.OutputException;
import igdrom.host.linux.HostReader;
import igdrom.host.linux.HostRoot;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.report.Detail;
import igdrom.report.SnapshotReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// `igdrom snapshot`.
final class SnapshotCommand implements Command {
    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.SNAPSHOT.summary())
                .options(Options.OUTPUT, Options.ROOT, Options.FORCE, Options.SNAPSHOT_JSON)
                .examples("sudo igdrom snapshot -o host.json");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        Path root = arguments.get(Options.ROOT).orElse(Path.of("/"));
        if (!Files.isDirectory(root)) {
            throw new Failure(ExitCode.MACHINE, root + " is not a directory");
        }
        Optional<NewFile> file = NewFile.of(arguments, Options.OUTPUT);
        Snapshot snapshot = new HostReader(HostRoot.of(root)).read(Version.text());
        byte[] json =
                SnapshotJson.print(snapshot, new JacksonFormat()).getBytes(StandardCharsets.UTF_8);
        if (file.isEmpty()) {
            console.out().bytes(json).flush();
            return summary(new SnapshotReport(null, json.length, snapshot), console);
        }
        file.get().write(Image.of(json));
        String output = file.get().path().toString();
        SnapshotReport report = new SnapshotReport(output, json.length, snapshot);
        if (arguments.has(Options.SNAPSHOT_JSON)) {
            return ReportPrinter.of(arguments, console).print(report);
        }
        return summary(report, console);
    }

    /// Prints the text to standard error: standard output is for the snapshot.
    private static ExitCode summary(SnapshotReport report, Console console) throws OutputException {
        Console toErr = new Console(console.err(), console.err(), console.terminal());
        return new ReportPrinter(toErr, false, Detail.SUMMARY, false).print(report);
    }
}
