package igdrom.cli.commands;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.FailureLadder;
import igdrom.cli.files.Inputs;
import igdrom.cli.files.NewFile;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.formats.vbt.VbtEditException;
import igdrom.report.VbtEditing;
import java.io.IOException;
import java.nio.file.Path;

/// `igdrom vbt edit FILE -o OUT --disable OUTPUT`.
final class VbtEditCommand implements Command {
    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.VBT_EDIT.summary())
                .operands(
                        Operands.files(
                                "FILE", "1", "A VBT, OpRegion or firmware image with one VBT."))
                .options(Options.OUTPUT_VBT, Options.DISABLE, Options.FORCE, Options.JSON)
                .examples(
                        "igdrom vbt edit vbt.bin --disable eDP-A -o edited.bin",
                        "igdrom vbt edit opregion.bin --disable DP-B --disable HDMI-B -o"
                                + " edited.bin");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        NewFile file = NewFile.of(arguments, Options.OUTPUT_VBT).orElseThrow();
        Path input = Path.of(arguments.operands().getFirst());
        VbtEditing editing;
        try {
            editing =
                    VbtEditing.of(
                            input.toString(),
                            Inputs.load(input),
                            arguments.words(Options.DISABLE),
                            file.path().toString());
        } catch (VbtEditException e) {
            throw FailureLadder.of(e, input.toString());
        }
        file.write(editing.image());
        return ReportPrinter.of(arguments, console).print(editing.report());
    }
}
