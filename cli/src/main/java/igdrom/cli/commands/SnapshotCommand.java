package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.files.Inputs;
import igdrom.cli.files.NewFile;
import igdrom.cli.files.NewTree;
import igdrom.cli.json.JacksonFormat;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.OutputException;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.host.linux.HostReader;
import igdrom.host.linux.HostRoot;
import igdrom.host.text.FreebsdScript;
import igdrom.report.Detail;
import igdrom.report.FirmwareFacts;
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
                .options(
                        Options.OUTPUT,
                        Options.TREE,
                        Options.ROOT,
                        Options.SNAPSHOT_FIRMWARE,
                        Options.READ_ROM,
                        Options.FREEBSD_SCRIPT,
                        Options.FORCE,
                        Options.SNAPSHOT_JSON)
                .exclusive(Options.FREEBSD_SCRIPT, Options.ROOT)
                .examples(
                        "sudo igdrom snapshot -o host.json",
                        "igdrom snapshot --freebsd-script > freebsd.sh");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        if (arguments.has(Options.FREEBSD_SCRIPT)) {
            byte[] script = FreebsdScript.text().getBytes(StandardCharsets.UTF_8);
            console.out().bytes(script).flush();
            return ExitCode.OK;
        }
        Path root = arguments.get(Options.ROOT).orElse(Path.of("/"));
        if (!Files.isDirectory(root)) {
            throw new Failure(ExitCode.MACHINE, root + " is not a directory");
        }
        Optional<NewFile> file = NewFile.of(arguments, Options.OUTPUT);
        Optional<NewTree> tree =
                arguments.get(Options.TREE).map(path -> new NewTree(path).checked());
        HostRoot files = HostRoot.of(root);
        HostReader reader = new HostReader(files);
        Snapshot snapshot =
                arguments.has(Options.READ_ROM)
                        ? reader.readWithRom(Version.text())
                        : reader.read(Version.text());
        Path firmware = arguments.get(Options.SNAPSHOT_FIRMWARE).orElse(null);
        if (firmware != null) {
            snapshot = FirmwareFacts.added(snapshot, name(firmware), Inputs.load(firmware));
        }
        tree.ifPresent(copy -> copy.write(files.copy().files(), files.copy().directories()));
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

    /// The name alone: directories often have the name of a person.
    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /// Prints the text to standard error: standard output is for the snapshot.
    private static ExitCode summary(SnapshotReport report, Console console) throws OutputException {
        Console toErr = new Console(console.err(), console.err(), console.terminal());
        return new ReportPrinter(toErr, false, Detail.SUMMARY, false).print(report);
    }
}
