package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.report.Answers;
import java.io.IOException;

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
        return Batch.run(
                arguments,
                console,
                (_, file) -> Answers.driverSteps(file.toString(), Image.load(file)));
    }
}
