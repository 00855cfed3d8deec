package igdrom.cli.commands;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.driver.DriverReport;
import igdrom.driver.DriverReport.Entry;
import igdrom.driver.DriverReport.Step;
import igdrom.report.Answers;
import igdrom.report.DriverStepsReport;
import igdrom.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `igdrom report FILE…`.
final class ReportCommand implements Command {
    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.REPORT.summary())
                .operands(
                        Operands.files(
                                "FILE",
                                "1..*",
                                "The guest's EFI variable IgdromReport, with or without the four"
                                        + " bytes that efivarfs puts before it."))
                .options(Options.RECURSIVE, Options.JSON)
                .examples(
                        "igdrom report"
                            + " /sys/firmware/efi/efivars/IgdromReport-6f3c2a9e-51d7-4be8-9a04-d27b1c85e360");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        return Batch.run(arguments, console, (_, file) -> report(file));
    }

    private static Report report(Path file) throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        Location location = Location.root(Answers.baseName(file.toString()));
        DriverReport report = DriverReport.read(Image.load(file), location, diagnostics);
        List<DriverStepsReport.Step> steps = new ArrayList<>();
        for (Entry entry : report.entries()) {
            steps.add(step(entry));
        }
        return new DriverStepsReport(file.toString(), steps, report.lost(), diagnostics.list());
    }

    private static DriverStepsReport.Step step(Entry entry) {
        return new DriverStepsReport.Step(
                entry.stepNumber(),
                entry.stepWord(),
                entry.outcomeNumber(),
                entry.outcomeWord(),
                entry.isProblem(),
                entry.is(Step.DEVICE),
                entry.status(),
                entry.value(),
                entry.detail(),
                entry.subject(),
                entry.sentence());
    }
}
