package igdrom.cli;

import igdrom.bytes.Image;
import igdrom.firmware.Artifact;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.ArtifactFilter;
import igdrom.formats.pci.PciId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

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
            Path folder,
            boolean restore,
            boolean force) {
        static Request of(ParseResult options) {
            boolean gops = options.hasMatchedOption("--gop");
            boolean vbts = options.hasMatchedOption("--vbt");
            boolean vgaBioses = options.hasMatchedOption("--vbios");
            boolean every = !gops && !vbts && !vgaBioses;
            return new Request(
                    gops || every,
                    vbts || every,
                    vgaBioses || every,
                    Options.device(options),
                    Inputs.path(options.matchedOptionValue("-o", "")),
                    options.hasMatchedOption("--restore"),
                    options.hasMatchedOption("--force"));
        }
    }

    @Override
    public Syntax syntax() {
        return Syntax.of(CommandName.EXTRACT)
                .synopsis("igdrom extract [OPTIONS] -o DIR FILE...")
                .words("FILE", "1..*", "What igdrom inspect takes.")
                .requiredValue(
                        "DIR",
                        "Where to write to; with several files, a folder for each in it.",
                        "-o",
                        "--output")
                .flag("Only GOP drivers.", "--gop")
                .flag("Only VBTs.", "--vbt")
                .flag("Only legacy VGA BIOSes.", "--vbios")
                .device()
                .flag("Write GOPs as they were before igdrom build edited them.", "--restore")
                .flag("Replace files that exist.", "-f", "--force")
                .recursive()
                .json()
                .examples(
                        "igdrom extract bios.bin -o parts",
                        "igdrom extract --gop --device 8086:46d4 bios.bin -o parts");
    }

    @Override
    public ExitCode run(ParseResult options, Console console) throws IOException {
        Request request = Request.of(options);
        Inputs inputs = Options.inputs(options);
        List<Path> folders = folders(inputs, request.folder);
        Set<Object> read = request.force ? NewFile.identities(inputs.present()) : Set.of();
        return Batch.run(
                inputs,
                console,
                options.hasMatchedOption("--json"),
                (number, file, to, json) ->
                        extract(file, folders.get(number), request, read, to, json));
    }

    private static ExitCode extract(
            Path file,
            Path folder,
            Request request,
            Set<Object> read,
            Console console,
            @Nullable Json json)
            throws IOException {
        Extraction.check(folder);
        ArtifactFilter kinds =
                request.vbts || request.vgaBioses ? ArtifactFilter.EVERYTHING : ArtifactFilter.GOPS;
        // Observed: to hash 8 MiB takes 100 ms of a processor. Where everything is read another
        // thread has the time for it; where GOPs alone are, all threads are at work, and it would
        // take a tenth longer.
        boolean hashed = json != null || kinds == ArtifactFilter.EVERYTHING;
        Image image = Image.load(file);
        Report report = Report.of(file, image, request.device, kinds, hashed);
        if (request.restore) {
            report = report.withGops(Restoring.of(file, image, report.gops()));
        }
        List<Artifact> wanted = wanted(report, request);
        if (!wanted.isEmpty()) {
            Extraction extraction = new Extraction(folder, wanted);
            report = report.writtenTo(extraction.files());
            extraction.write(manifest(report), request.force, read);
        }
        if (json != null) {
            ReportJson.write(json, report, false);
        } else {
            print(report, folder, request, console);
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

    private static void print(Report report, Path folder, Request request, Console console)
            throws OutputException {
        for (Report.Written output : report.outputs()) {
            console.out().line(folder.resolve(output.name()).toString());
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
                // That is the one that comes nearest.
                problem += ", " + report.gops().getFirst().gop().support(device).reason();
            }
        }
        Main.complain(console, problem);
    }

    /// Where the parts of each file go: with several files, a folder for each, named like the file.
    private static List<Path> folders(Inputs inputs, Path folder) {
        if (!inputs.many()) {
            return List.of(folder);
        }
        List<Path> folders = new ArrayList<>();
        FreeNames names = new FreeNames();
        for (Inputs.Input input : inputs.list()) {
            folders.add(
                    input instanceof Inputs.Present present
                            ? folder.resolve(names.take(plain(present.path()), ""))
                            : folder);
        }
        return folders;
    }

    private static String plain(Path file) {
        Path name = file.getFileName();
        // What stands for bytes that are no character has none itself in some charsets.
        return name == null ? "root" : name.toString().replace('\ufffd', '_');
    }
}
