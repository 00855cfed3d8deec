package igdrom.cli.commands;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.files.Inputs;
import igdrom.cli.files.NewFile;
import igdrom.cli.json.JacksonFormat;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Option;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.OutputException;
import igdrom.cli.output.Progress;
import igdrom.host.SnapshotJson;
import igdrom.host.linux.HostReader;
import igdrom.host.linux.HostRoot;
import igdrom.plan.HostFacts;
import igdrom.plan.RomRequest;
import igdrom.report.ImageFile;
import igdrom.report.PartFiles;
import igdrom.report.RomBuilding;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// `igdrom build -o ROM`.
final class BuildCommand implements Command {
    @Override
    public CommandSyntax syntax() {
        return BuildRequest.addOptions(CommandSyntax.of(CommandName.BUILD.summary()))
                .examples(
                        "sudo igdrom build --host --firmware bios.bin -o igd.rom",
                        "igdrom build --device 8086:46d1 --firmware bios.bin -o igd.rom",
                        "igdrom build --device 8086:9bc8 --gop gop.efi --vbt vbt.bin -o igd.rom");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        NewFile file = NewFile.of(arguments, Options.OUTPUT_ROM).orElseThrow();
        RomRequest request = BuildRequest.of(arguments);
        RomBuilding building;
        try (Progress _ = Progress.reading(console, "the parts of " + file.path())) {
            HostFacts host = host(arguments, request);
            PartFiles files = files(arguments, request, console);
            building = RomBuilding.of(file.path().toString(), request, files, host);
        }
        if (building.rom() != null) {
            file.write(building.rom());
        }
        return ReportPrinter.of(arguments, console).print(building.report());
    }

    /// Reads the files that are needed, and checks that the others are there.
    private static PartFiles files(Arguments arguments, RomRequest request, Console console)
            throws OutputException {
        PartFiles files =
                new PartFiles(
                        file(arguments, Options.GOP),
                        file(arguments, Options.VBT),
                        file(arguments, Options.OPREGION),
                        file(arguments, Options.VGA_BIOS),
                        file(arguments, Options.FIRMWARE));
        if (files.isFirmwareUnused(request.gop().included())) {
            Path firmware = arguments.require(Options.FIRMWARE);
            console.note(firmware + ": ignored, since other options name both a GOP and a VBT");
        }
        return files;
    }

    private static @Nullable ImageFile file(Arguments arguments, Option<Path> option) {
        return arguments
                .get(option)
                .map(path -> new ImageFile(path.toString(), Inputs.load(path)))
                .orElse(null);
    }

    /// The facts about the host, null when none are given.
    ///
    /// @throws Failure when there is no device without them
    private static @Nullable HostFacts host(Arguments arguments, RomRequest request)
            throws IOException {
        if (arguments.has(Options.HOST)) {
            return new HostFacts(
                    new HostReader(HostRoot.of(Path.of("/"))).readForRom(Version.text()), null);
        }
        Path file = arguments.get(Options.SNAPSHOT).orElse(null);
        if (file != null) {
            String name = file.toString();
            return new HostFacts(
                    SnapshotJson.read(Inputs.load(file), name, new JacksonFormat()), name);
        }
        if (request.target().device() == null) {
            throw new Failure(
                    ExitCode.USAGE,
                    "no device given: name it with "
                            + Options.DEVICE
                            + " (lspci -nn shows its id), or take it from "
                            + Options.HOST
                            + " or "
                            + Options.SNAPSHOT);
        }
        return null;
    }
}
