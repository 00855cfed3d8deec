package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.files.FreeNames;
import igdrom.cli.files.Inputs;
import igdrom.cli.files.OverwritePolicy;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.DeviceId;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.firmware.Artifact;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.ArtifactFilter;
import igdrom.formats.pci.PciId;
import igdrom.json.JsonObject;
import igdrom.report.Answers;
import igdrom.report.Detail;
import igdrom.report.ExtractReport;
import igdrom.report.ImageReport;
import igdrom.report.Report;
import igdrom.report.json.ReportJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `igdrom extract FILE… -o DIR`.
final class ExtractCommand implements Command {
    /// What the options ask for.
    ///
    /// @param gops and the other two: all three when none was named
    /// @param hashed whether the SHA-256 of the file is wanted
    private record Request(
            boolean gops,
            boolean vbts,
            boolean vgaBioses,
            Optional<PciId> device,
            boolean restore,
            boolean hashed,
            OverwritePolicy policy) {
        static Request of(Arguments arguments) {
            boolean gops = arguments.has(Options.ONLY_GOPS);
            boolean vbts = arguments.has(Options.ONLY_VBTS);
            boolean vgaBioses = arguments.has(Options.ONLY_VGA_BIOSES);
            boolean all = !gops && !vbts && !vgaBioses;
            return new Request(
                    gops || all,
                    vbts || all,
                    vgaBioses || all,
                    arguments.get(Options.GOP_DEVICE).map(DeviceId::id),
                    arguments.has(Options.RESTORE),
                    arguments.has(Options.JSON),
                    OverwritePolicy.of(arguments));
        }
    }

    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.EXTRACT.summary())
                .operands(Operands.files("FILE", "1..*", "Any file that igdrom inspect reads."))
                .options(
                        Options.OUTPUT_DIRECTORY,
                        Options.ONLY_GOPS,
                        Options.ONLY_VBTS,
                        Options.ONLY_VGA_BIOSES,
                        Options.GOP_DEVICE,
                        Options.RESTORE,
                        Options.FORCE,
                        Options.RECURSIVE,
                        Options.JSON)
                .examples(
                        "igdrom extract bios.bin -o parts",
                        "igdrom extract --gop --device 8086:46d4 bios.bin -o parts");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        Request request = Request.of(arguments);
        Path output = arguments.require(Options.OUTPUT_DIRECTORY);
        List<Path> directories = directories(Inputs.of(arguments), output);
        return Batch.run(
                arguments,
                console,
                (number, file) -> extract(file, directories.get(number), request));
    }

    private static Report extract(Path file, Path directory, Request request) throws IOException {
        Extraction.check(directory);
        ArtifactFilter filter =
                request.vbts || request.vgaBioses ? ArtifactFilter.EVERYTHING : ArtifactFilter.GOPS;
        Image image = Image.load(file);
        PciId device = request.device.orElse(null);
        ImageReport report = Answers.image(file.toString(), image, device, filter);
        // GOPs alone are found without reading the whole image.
        if (request.hashed || filter == ArtifactFilter.EVERYTHING) {
            report = report.withSha256(image.sha256());
        }
        if (request.restore) {
            report = report.withGops(Restoring.of(file, image, report.gops()));
        }
        List<Artifact> artifacts = artifacts(report, image, request);
        if (!artifacts.isEmpty()) {
            Extraction extraction = new Extraction(directory, artifacts);
            report = report.withOutputs(extraction.files());
            Image manifest = Image.of(ReportPrinter.document(manifest(report)));
            extraction.write(manifest, request.policy);
        }
        return new ExtractReport(report, directory.toString(), request.gops);
    }

    private static JsonObject manifest(ImageReport report) {
        return ReportJson.of(report, Detail.SUMMARY, new OptionWording());
    }

    private static List<Artifact> artifacts(ImageReport report, Image image, Request request) {
        List<Artifact> artifacts = new ArrayList<>();
        if (request.gops) {
            for (GopDriver found : report.gops()) {
                if (request.device.isEmpty()
                        || found.gop().support(request.device.get()).supported()) {
                    artifacts.add(found);
                }
            }
        }
        if (request.vbts) {
            List<VideoBiosTable> vbts = report.contents().vbts();
            artifacts.addAll(request.restore ? Restoring.vbts(image, vbts) : vbts);
        }
        if (request.vgaBioses) {
            artifacts.addAll(report.contents().vgaBioses());
        }
        return artifacts;
    }

    /// The directory for the parts of each file: with several files, a subdirectory named like the
    /// file.
    private static List<Path> directories(Inputs inputs, Path directory) {
        if (!inputs.several()) {
            return List.of(directory);
        }
        List<Path> directories = new ArrayList<>();
        FreeNames names = new FreeNames();
        for (Inputs.Input input : inputs.list()) {
            directories.add(
                    input instanceof Inputs.Present present
                            ? directory.resolve(names.take(plain(present.path()), ""))
                            : directory);
        }
        return directories;
    }

    private static String plain(Path file) {
        Path name = file.getFileName();
        // U+FFFD, the JDK's replacement character, cannot itself be encoded in some charsets.
        return name == null ? "root" : name.toString().replace('\ufffd', '_');
    }
}
