package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.DeviceId;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.Json;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.cli.output.Style;
import igdrom.formats.pci.PciId;
import igdrom.rom.Check;
import igdrom.rom.RomChecks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `igdrom verify ROM…`.
final class VerifyCommand implements Command {
    private static final int SUBJECT = 14;

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
                (_, file, to, json) -> verify(file, device, bridge, to, json));
    }

    private static ExitCode verify(
            Path file,
            Optional<PciId> device,
            Optional<PciId> bridge,
            Console console,
            @Nullable Json json)
            throws IOException {
        Image image = Image.load(file);
        Path name = file.getFileName();
        String root = name == null ? file.toString() : name.toString();
        RomChecks checks = RomChecks.of(image, root, device, bridge);
        if (json != null) {
            write(json, image, checks);
        } else {
            print(console.out(), file, checks);
        }
        return checks.good() ? ExitCode.OK : ExitCode.NO;
    }

    private static void print(Output out, Path file, RomChecks checks) throws OutputException {
        out.styled(Style.STRONG, file.toString())
                .line(checks.good() ? ": no check failed" : ": not good");
        for (Check check : checks.checks()) {
            out.text("  ");
            switch (check.verdict()) {
                case GOOD -> out.styled(Style.GOOD, "good");
                case NOTE -> out.styled(Style.WARNING, "note");
                case BAD -> out.styled(Style.BAD, "BAD ");
            }
            int padding = Math.max(1, SUBJECT - check.subject().length());
            out.line("  " + check.subject() + " ".repeat(padding) + check.words());
        }
    }

    private static void write(Json json, Image image, RomChecks checks) throws OutputException {
        json.number("size", image.size()).text("sha256", image.sha256());
        json.truth("good", checks.good()).array("checks");
        for (Check check : checks.checks()) {
            json.object()
                    .text("verdict", check.verdict().name().toLowerCase(Locale.ROOT))
                    .text("subject", check.subject())
                    .text("words", check.words())
                    .endObject();
        }
        json.endArray();
    }
}
