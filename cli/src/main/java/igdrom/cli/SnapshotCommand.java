package igdrom.cli;

import igdrom.bytes.Image;
import igdrom.cli.json.JacksonFormat;
import igdrom.host.Fact;
import igdrom.host.HostReader;
import igdrom.host.HostRoot;
import igdrom.host.PciFunction;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ParseResult;

/// `igdrom snapshot`.
final class SnapshotCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(CommandName.SNAPSHOT)
                .value("FILE", "Write it there instead of to the terminal.", "-o", "--output")
                .value("DIR", "Read a copy of /sys, /proc and /dev below DIR.", "--root")
                .flag("Replace a file that exists.", "-f", "--force")
                .flag("What it prints without -o is JSON already.", "--json")
                .examples("sudo igdrom snapshot -o host.json");
    }

    @Override
    public ExitCode run(ParseResult options, Console console) throws IOException {
        Path root = Inputs.path(options.matchedOptionValue("--root", "/"));
        if (!Files.isDirectory(root)) {
            throw new Failure(ExitCode.MACHINE, root + " is not a folder");
        }
        String output = options.matchedOptionValue("--output", "");
        NewFile file = new NewFile(Inputs.path(output), options.hasMatchedOption("--force"));
        if (!output.isEmpty()) {
            file.checked();
        }
        Snapshot snapshot = new HostReader(new HostRoot(root)).read("igdrom " + Commands.VERSION);
        byte[] text =
                SnapshotJson.print(snapshot, new JacksonFormat()).getBytes(StandardCharsets.UTF_8);
        if (output.isEmpty()) {
            console.out().bytes(text, 0, text.length).flush();
        } else {
            file.write(Image.of(text));
            if (options.hasMatchedOption("--json")) {
                try (Json result = Json.document(console.out())) {
                    result.text("output", output).number("size", text.length);
                }
            }
        }
        return summary(snapshot, output.isEmpty() ? "the snapshot" : output, console);
    }

    private static ExitCode summary(Snapshot snapshot, String name, Console console)
            throws IOException {
        Output err = console.err();
        PciFunction igd = snapshot.igd();
        if (igd.id().value().isEmpty()) {
            Main.complain(console, "no graphics of Intel's: " + words(igd.id()));
            return ExitCode.NO;
        }
        err.line(name + ": " + igd.id().value().get() + " at " + igd.address());
        boolean whole = igd.config().value().map(bytes -> bytes.size() >= 256).orElse(false);
        if (!whole) {
            err.line("  missing: the registers in " + igd.config().source() + " (root sees them)");
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
        return fact instanceof Fact.Unknown<?> unknown ? unknown.message() : "";
    }
}
