package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.files.Inputs;
import igdrom.cli.files.NewFile;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.Json;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.host.Fact;
import igdrom.host.HostRoot;
import igdrom.host.PciFunction;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import java.io.IOException;
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
        Snapshot snapshot = Snapshot.of(new HostRoot(root), Version.text());
        Image json = SnapshotJson.write(snapshot);
        if (file.isEmpty()) {
            console.out().bytes(json.toByteArray()).flush();
            return summary(snapshot, "the snapshot", console);
        }
        file.get().write(json);
        String output = file.get().path().toString();
        if (arguments.has(Options.SNAPSHOT_JSON)) {
            try (Json result = Json.document(console.out())) {
                result.text("output", output).number("size", json.size());
            }
        }
        return summary(snapshot, output, console);
    }

    private static ExitCode summary(Snapshot snapshot, String name, Console console)
            throws IOException {
        Output err = console.err();
        PciFunction igd = snapshot.igd();
        if (igd.id().value().isEmpty()) {
            console.complain("no Intel graphics: " + words(igd.id()));
            return ExitCode.NO;
        }
        err.line(name + ": " + igd.id().value().get() + " at " + igd.address());
        boolean whole = igd.config().value().map(bytes -> bytes.size() >= 256).orElse(false);
        if (!whole) {
            err.line("  missing: the registers in " + igd.config().source() + " (readable by root)");
        }
        missing(err, "OpRegion", snapshot.opRegion());
        missing(err, "VBT", snapshot.vbt());
        missing(err, "stolen memory", snapshot.stolenMemory());
        return ExitCode.OK;
    }

    private static void missing(Output err, String what, Fact<?> fact) throws OutputException {
        if (fact.value().isEmpty()) {
            err.line("  missing: " + what + ": " + words(fact));
        }
    }

    private static String words(Fact<?> fact) {
        return fact instanceof Fact.Unknown<?> unknown ? unknown.words() : "";
    }
}
