package igdrom.cli;

import igdrom.firmware.ArtifactFilter;
import igdrom.formats.pci.PciId;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// `igdrom inspect FILE…`.
final class InspectCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(CommandName.INSPECT)
                .words(
                        "FILE",
                        "1..*",
                        "BIOS update, flash dump, capsule, option ROM, EFI driver, VBT,"
                                + " OpRegion.")
                .device()
                .flag("Everything there is, to the last part.", "--all")
                .recursive()
                .json()
                .examples(
                        "igdrom inspect bios.bin",
                        "igdrom inspect --device 8086:46d4 bios.bin",
                        "igdrom inspect --recursive --json downloads/ | jq"
                                + " '.files[].gop[].version'");
    }

    @Override
    public ExitCode run(ParseResult options, Console console) throws IOException {
        Optional<PciId> device = Options.device(options);
        boolean all = options.hasMatchedOption("--all");
        return Batch.run(
                Options.inputs(options),
                console,
                options.hasMatchedOption("--json"),
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
