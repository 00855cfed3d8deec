package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.files.Inputs;
import igdrom.cli.files.NewFile;
import igdrom.cli.json.JacksonFormat;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.host.linux.HostReader;
import igdrom.host.linux.HostRoot;
import igdrom.report.BundleReport;
import igdrom.report.bundle.Bundle;
import igdrom.report.bundle.BundleContents;
import igdrom.report.bundle.BundleContents.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `igdrom bundle`.
final class BundleCommand implements Command {
    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.BUNDLE.summary())
                .details(
                        "The archive has no GOP, no VGA BIOS and no firmware, and nothing is sent"
                                + " anywhere. Attach it to a bug report; igdrom doctor "
                                + Options.FROM
                                + " reads it.")
                .options(
                        Options.OUTPUT_BUNDLE,
                        Options.BUNDLE_ROM,
                        Options.DRIVER_REPORT,
                        Options.BUNDLE_VM,
                        Options.BUNDLE_VMID,
                        Options.BUNDLE_FIRMWARE,
                        Options.WITH_VBT,
                        Options.BUNDLE_SNAPSHOT,
                        Options.ROOT,
                        Options.FORCE,
                        Options.JSON)
                .exclusive(Options.BUNDLE_SNAPSHOT, Options.ROOT)
                .exclusive(Options.BUNDLE_VM, Options.BUNDLE_VMID)
                .examples(
                        "sudo igdrom bundle -o out.zip",
                        "sudo igdrom bundle --rom igd.rom --vmid 100 -o out.zip");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        Optional<NewFile> file = NewFile.of(arguments, Options.OUTPUT_BUNDLE);
        Bundle bundle = Bundle.of(contents(arguments), new JacksonFormat(), new OptionWording());
        Image archive = BundleArchive.of(bundle);
        BundleReport report =
                bundle.report(file.map(to -> to.path().toString()).orElse(null), archive.size());
        ExitCode code = ReportPrinter.of(arguments, console).print(report);
        console.out().flush();
        if (report.tablesLeftOut()) {
            console.note(Options.WITH_VBT + " adds the OpRegion and the VBTs");
        }
        if (file.isPresent()) {
            file.get().write(archive);
        } else {
            console.note("nothing was written, " + Options.OUTPUT_BUNDLE + " names the archive");
        }
        return code;
    }

    private static BundleContents contents(Arguments arguments) {
        Path recorded = arguments.get(Options.BUNDLE_SNAPSHOT).orElse(null);
        Path root = arguments.get(Options.ROOT).orElse(Path.of("/"));
        if (!Files.isDirectory(root)) {
            throw new Failure(ExitCode.MACHINE, root + " is not a directory");
        }
        HostReader reader = new HostReader(HostRoot.of(root));
        Snapshot snapshot =
                recorded == null
                        ? reader.read(Version.text())
                        : SnapshotJson.read(
                                Inputs.load(recorded), recorded.toString(), new JacksonFormat());
        return new BundleContents(
                snapshot,
                input(arguments.get(Options.BUNDLE_FIRMWARE).orElse(null)),
                input(arguments.get(Options.BUNDLE_ROM).orElse(null)),
                input(arguments.get(Options.DRIVER_REPORT).orElse(null)),
                input(VmCheck.file(arguments).orElse(null)),
                reader.hostName(),
                arguments.has(Options.WITH_VBT),
                Map.of(
                        "igdrom",
                        Version.number(),
                        "java",
                        Version.java(),
                        "system",
                        System.getProperty("os.name", "?")
                                + " "
                                + System.getProperty("os.version", "?")
                                + " "
                                + System.getProperty("os.arch", "?")));
    }

    private static @Nullable Input input(@Nullable Path file) {
        return file == null
                ? null
                : new Input(String.valueOf(file.getFileName()), Inputs.load(file));
    }
}
