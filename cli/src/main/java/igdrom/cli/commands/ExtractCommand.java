package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.files.FreeNames;
import igdrom.cli.files.Inputs;
import igdrom.cli.files.NewFile;
import igdrom.cli.files.OverwritePolicy;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.DeviceId;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.Json;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact;
import igdrom.firmware.ArtifactFilter;
import igdrom.formats.pci.PciId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `igdrom extract FILE… -o DIR`.
final class ExtractCommand implements Command {
    /// What the options ask for.
    ///
    /// @param gops and the other two: all three when none was named
    private record Request(
            boolean gops,
            boolean vbts,
            boolean vgaBioses,
            Optional<PciId> device,
            boolean restore,
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
                (number, file, to, json) ->
                        extract(file, directories.get(number), request, to, json));
    }

    private static ExitCode extract(
            Path file,
            Path directory,
            Request request,
            Console console,
            @Nullable Json json)
            throws IOException {
        Extraction.check(directory);
        ArtifactFilter kinds =
                request.vbts || request.vgaBioses ? ArtifactFilter.EVERYTHING : ArtifactFilter.GOPS;
        // Only JSON and the full report show the hash.
        boolean hashed = json != null || kinds == ArtifactFilter.EVERYTHING;
        Image image = Image.load(file);
        Report report = Report.of(file, image, request.device, kinds, hashed);
        if (request.restore) {
            report = report.withGops(Restoring.of(file, image, report.gops()));
        }
        List<Artifact> wanted = wanted(report, request);
        if (!wanted.isEmpty()) {
            Extraction extraction = new Extraction(directory, wanted);
            report = report.writtenTo(extraction.files());
            extraction.write(manifest(report), request.policy);
        }
        if (json != null) {
            ReportJson.write(json, report, false);
        } else {
            print(report, directory, request, console);
        }
        if (report.outputs().isEmpty()) {
            return report.code().worse(ExitCode.NO);
        }
        return request.gops && !report.drivesDevice() ? ExitCode.NO : ExitCode.OK;
    }

    private static List<Artifact> wanted(Report report, Request request) {
        List<Artifact> wanted = new ArrayList<>();
        if (request.gops) {
            for (GopDriver found : report.gops()) {
                if (request.device.isEmpty() || found.gop().support(request.device.get()).yes()) {
                    wanted.add(found);
                }
            }
        }
        if (request.vbts) {
            wanted.addAll(report.contents().vbts());
        }
        if (request.vgaBioses) {
            wanted.addAll(report.contents().vgaBioses());
        }
        return wanted;
    }

    private static Image manifest(Report report) throws OutputException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Output out = Output.utf8(bytes);
        try (Json json = Json.document(out)) {
            json.text("file", report.file());
            ReportJson.write(json, report, false);
        }
        return Image.of(bytes.toByteArray());
    }

    private static void print(Report report, Path directory, Request request, Console console)
            throws OutputException {
        for (Report.Written output : report.outputs()) {
            console.out().line(directory.resolve(output.name()).toString());
        }
        boolean nothing = report.outputs().isEmpty();
        boolean missing = request.gops && !report.drivesDevice();
        if (!nothing && !missing) {
            return;
        }
        String problem = report.file() + (nothing ? ": nothing to extract" : ": no GOP");
        if (missing && report.device().isPresent()) {
            PciId device = report.device().get();
            problem += nothing ? "" : " for " + device;
            if (!report.gops().isEmpty()) {
                // The first one is the closest match.
                problem += ", " + report.gops().getFirst().gop().support(device).reason();
            }
        }
        console.complain(problem);
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
