package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.DeviceId;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.firmware.ArtifactFilter;
import igdrom.formats.pci.PciId;
import igdrom.report.Answers;
import igdrom.report.ImageReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
                .options(
                        Options.GOP_DEVICE,
                        Options.ALL,
                        Options.RECURSIVE,
                        Options.HTML,
                        Options.HTML_FORCE,
                        Options.JSON)
                .examples(
                        "igdrom inspect bios.bin",
                        "igdrom inspect --device 8086:46d4 bios.bin",
                        "igdrom inspect --html bios.html bios.bin",
                        "igdrom inspect --recursive --json downloads/ | jq"
                                + " '.files[].gops[].version'");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        PciId device = arguments.get(Options.GOP_DEVICE).map(DeviceId::id).orElse(null);
        Optional<HtmlPage> page = HtmlPage.of(arguments);
        // Text does not show the hash.
        boolean hashed = arguments.has(Options.JSON) || page.isPresent();
        ExitCode code =
                Batch.run(
                        arguments,
                        console,
                        (number, file) -> {
                            ImageReport report = report(file, device, hashed);
                            page.ifPresent(to -> to.add(number, ReportPrinter.markup(report)));
                            return report;
                        });
        page.ifPresent(to -> to.write(String.join(", ", arguments.operands())));
        return code;
    }

    private static ImageReport report(Path file, @Nullable PciId device, boolean hashed)
            throws IOException {
        Image image = Image.load(file);
        ImageReport report =
                Answers.image(file.toString(), image, device, ArtifactFilter.EVERYTHING);
        return hashed ? report.withSha256(image.sha256()) : report;
    }
}
