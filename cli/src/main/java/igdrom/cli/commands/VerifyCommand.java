package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.DeviceId;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.formats.pci.PciId;
import igdrom.report.Answers;
import java.io.IOException;
import java.util.Optional;

/// `igdrom verify ROM…`.
final class VerifyCommand implements Command {
    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.VERIFY.summary())
                .operands(Operands.files("ROM", "1..*", "An option ROM, from igdrom or elsewhere."))
                .options(Options.DEVICE, Options.PCH, Options.RECURSIVE, Options.JSON)
                .examples("igdrom verify --device 8086:a780 igd.rom");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        Optional<PciId> device = arguments.get(Options.DEVICE).map(DeviceId::id);
        Optional<PciId> bridge = arguments.get(Options.PCH);
        return Batch.run(
                arguments,
                console,
                (_, file) -> Answers.rom(file.toString(), Image.load(file), device, bridge));
    }
}
