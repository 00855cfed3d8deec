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

/// `igdrom vbt show FILE…`.
final class VbtShowCommand implements Command {
    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.VBT_SHOW.summary())
                .operands(
                        Operands.files(
                                "FILE", "1..*", "A VBT, OpRegion, VGA BIOS or firmware image."))
                .options(Options.ALL_BLOCKS, Options.RECURSIVE, Options.JSON)
                .examples(
                        "igdrom vbt show bios.bin",
                        "sudo cat /sys/kernel/debug/dri/0/i915_vbt > vbt.bin && igdrom vbt show"
                                + " vbt.bin");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        return Batch.run(
                arguments, console, (_, file) -> Answers.vbts(file.toString(), Image.load(file)));
    }
}
