package igdrom.cli;

import igdrom.firmware.Wanted;
import igdrom.formats.pci.PciId;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `igdrom inspect FILE…`.
final class InspectCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(CommandName.INSPECT);
        spec.addPositional(
                        Options.words(
                                "FILE",
                                "1..*",
                                "BIOS update, flash dump, capsule, option ROM, EFI driver, VBT,"
                                        + " OpRegion."))
                .addOption(Options.device())
                .addOption(Options.flag("Everything there is, to the last part.", "--all"))
                .addOption(Options.recursive())
                .addOption(Options.json());
        Options.examples(
                spec,
                "igdrom inspect bios.bin",
                "igdrom inspect --device 8086:46d4 bios.bin",
                "igdrom inspect --recursive --json downloads/ | jq '.files[].gop[].version'");
        return Options.common(spec);
    }

    @Override
    public ExitCode run(ParseResult options, Console console) throws IOException {
        Optional<PciId> device = Options.device(options);
        boolean all = options.hasMatchedOption("--all");
        return Batch.run(
                Options.inputs(options),
                console,
                options.hasMatchedOption("--json"),
                (file, to, json) -> {
                    Report report = Report.of(file, device, Wanted.EVERYTHING, json != null);
                    if (json != null) {
                        ReportJson.write(json, report, all);
                    } else {
                        ReportText.print(report, to, all);
                    }
                    return report.code();
                });
    }
}
