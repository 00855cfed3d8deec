package igdrom.cli.commands;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.files.Inputs;
import igdrom.cli.files.NewFile;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.Progress;
import igdrom.formats.oprom.OptionRom;
import igdrom.host.HostRoot;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.plan.Plan;
import igdrom.plan.PlanResult.Refused;
import igdrom.plan.PlanResult;
import igdrom.plan.RomRequest;
import igdrom.rom.Driver;
import igdrom.rom.RomParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `igdrom build -o ROM`.
final class BuildCommand implements Command {
    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.BUILD.summary())
                .options(
                        Options.OUTPUT_ROM,
                        Options.DEVICE,
                        Options.HOST,
                        Options.SNAPSHOT,
                        Options.FIRMWARE,
                        Options.GOP,
                        Options.VBT,
                        Options.OPREGION,
                        Options.OPREGION_SOURCE,
                        Options.VGA_BIOS,
                        Options.MACHINE,
                        Options.STOLEN_BASE,
                        Options.STOLEN_SIZE,
                        Options.LID,
                        Options.DOCK,
                        Options.GOP_PCH,
                        Options.NO_PCH,
                        Options.NO_GOP,
                        Options.COMPRESS,
                        Options.TREAT_AS,
                        Options.ALLOW,
                        Options.FORCE,
                        Options.JSON)
                .exclusive(Options.HOST, Options.SNAPSHOT)
                .exclusive(Options.GOP_PCH, Options.NO_PCH)
                .examples(
                        "sudo igdrom build --host --firmware bios.bin -o igd.rom",
                        "igdrom build --device 8086:46d1 --firmware bios.bin -o igd.rom",
                        "igdrom build --device 8086:9bc8 --gop gop.efi --vbt vbt.bin -o igd.rom");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        NewFile file = NewFile.of(arguments, Options.OUTPUT_ROM).orElseThrow();
        RomRequest request = BuildRequest.of(arguments);
        BuildParts parts = BuildParts.of(arguments, request.withGop());
        PlanResult result;
        try (Progress _ = Progress.reading(console, "the parts of " + file.path())) {
            result = plan(arguments, request, parts);
        }
        if (!parts.unneeded().isEmpty()) {
            String problem = ": ignored, since other options name both a GOP and a VBT";
            console.err().line("note: " + parts.unneeded() + problem);
        }
        BuildReport report = new BuildReport(file.path().toString(), console);
        boolean json = arguments.has(Options.JSON);
        return switch (result) {
            case Refused refused -> json ? report.json(refused) : report.text(refused);
            case Plan plan -> {
                OptionRom rom = assembled(RomParts.of(plan, Driver.bundled()));
                file.write(rom.image());
                if (json) {
                    report.json(plan, rom);
                } else {
                    report.text(plan, rom);
                }
                yield ExitCode.OK;
            }
        };
    }

    private static PlanResult plan(Arguments arguments, RomRequest request, BuildParts parts)
            throws IOException {
        Snapshot host = host(arguments);
        if (request.device() == null && host == null) {
            throw new Failure(
                    ExitCode.USAGE,
                    "no device given: name it with "
                            + Options.DEVICE
                            + " (lspci -nn shows its id), or take it from "
                            + Options.HOST
                            + " or "
                            + Options.SNAPSHOT);
        }
        Optional<Path> snapshot = arguments.get(Options.SNAPSHOT);
        return PlanResult.of(
                request, parts.read(), host, snapshot.map(Path::toString).orElse(null));
    }

    private static @Nullable Snapshot host(Arguments arguments) throws IOException {
        if (arguments.has(Options.HOST)) {
            return Snapshot.of(new HostRoot(Path.of("/")), Version.text());
        }
        Optional<Path> file = arguments.get(Options.SNAPSHOT);
        return file.isEmpty()
                ? null
                : SnapshotJson.read(Inputs.load(file.get()), file.get().toString());
    }

    private static OptionRom assembled(RomParts parts) {
        try {
            return parts.assemble();
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.NO, String.valueOf(e.getMessage()), e);
        }
    }
}
