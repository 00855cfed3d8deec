package igdrom.cli.commands;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.DeviceId;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.firmware.ArtifactFilter;
import igdrom.formats.pci.PciId;
import java.io.IOException;
import java.util.Optional;

/// `igdrom inspect FILE…`.
final class InspectCommand implements Command {
    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.INSPECT.summary())
                .operands(
                        Operands.files(
                                "FILE",
                                "1..*",
                                "A BIOS update, flash dump, capsule, option ROM, EFI driver, VBT or"
                                        + " OpRegion."))
                .options(Options.GOP_DEVICE, Options.ALL, Options.RECURSIVE, Options.JSON)
                .examples(
                        "igdrom inspect bios.bin",
                        "igdrom inspect --device 8086:46d4 bios.bin",
                        "igdrom inspect --recursive --json downloads/ | jq"
                                + " '.files[].gop[].version'");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        Optional<PciId> device = arguments.get(Options.GOP_DEVICE).map(DeviceId::id);
        boolean all = arguments.has(Options.ALL);
        return Batch.run(
                arguments,
                console,
                (_, file, to, json) -> {
                    Report report =
                            Report.of(file, device, ArtifactFilter.EVERYTHING, json != null);
                    if (json != null) {
                        ReportJson.write(json, report, all);
                    } else {
                        ReportText.print(report, to, all);
                    }
                    return report.code();
                });
    }
}
