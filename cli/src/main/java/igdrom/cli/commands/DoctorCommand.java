package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.IoReason;
import igdrom.cli.files.Inputs;
import igdrom.cli.json.JacksonFormat;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.host.linux.HostReader;
import igdrom.host.linux.HostRoot;
import igdrom.host.text.HostTexts;
import igdrom.host.text.TextFile;
import igdrom.plan.host.Diagnosis;
import igdrom.report.Answers;
import igdrom.report.DoctorReport;
import igdrom.report.DoctorReport.ReadFile;
import igdrom.report.FirmwareFacts;
import igdrom.report.HostSource;
import igdrom.report.HostSource.Kind;
import igdrom.report.PageReport;
import igdrom.report.RomCheckReport;
import igdrom.report.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `igdrom doctor`. Reads files only: it writes nothing, and opens no device.
final class DoctorCommand implements Command {
    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.DOCTOR.summary())
                .details(
                        "Reads files only. It changes nothing on the host, and opens no device."
                                + " Without root it says what only root can read.")
                .options(
                        Options.DOCTOR_FIRMWARE,
                        Options.DOCTOR_ROM,
                        Options.VM,
                        Options.VMID,
                        Options.DOCTOR_SNAPSHOT,
                        Options.FROM,
                        Options.ROOT,
                        Options.QUIET,
                        Options.HTML,
                        Options.HTML_FORCE,
                        Options.JSON)
                .exclusive(Options.DOCTOR_SNAPSHOT, Options.FROM, Options.ROOT)
                .exclusive(Options.VM, Options.VMID)
                .examples(
                        "sudo igdrom doctor",
                        "sudo igdrom doctor --firmware bios.bin",
                        "sudo igdrom doctor --html host.html",
                        "igdrom doctor --from pasted/",
                        "igdrom doctor --from out.zip",
                        "sudo igdrom doctor --vmid 100");
    }

    /// Facts, and the files that they are from.
    private record Facts(Kind kind, String name, Snapshot snapshot, List<ReadFile> files) {}

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        Optional<HtmlPage> page = HtmlPage.of(arguments);
        Facts facts = facts(arguments);
        Snapshot snapshot = facts.snapshot;
        Path firmware = arguments.get(Options.DOCTOR_FIRMWARE).orElse(null);
        if (firmware != null) {
            snapshot = FirmwareFacts.added(snapshot, firmware.toString(), Inputs.load(firmware));
        }
        HostSource source =
                HostSource.of(
                        facts.kind,
                        facts.name,
                        firmware == null ? null : firmware.toString(),
                        snapshot);
        Optional<Path> vm = VmCheck.file(arguments);
        PageReport report =
                vm.isPresent()
                        ? VmCheck.report(vm.get(), arguments, snapshot, source)
                        : new DoctorReport(
                                source,
                                Diagnosis.of(snapshot),
                                facts.files,
                                rom(arguments, snapshot));
        String title = source.name().isEmpty() ? "this host" : source.name();
        page.ifPresent(to -> {
            to.add(1, ReportPrinter.markup(report));
            to.write(vm.map(Path::toString).orElse(title));
        });
        return ReportPrinter.of(arguments, console).print(report);
    }

    private static Facts facts(Arguments arguments) {
        Path file = arguments.get(Options.DOCTOR_SNAPSHOT).orElse(null);
        if (file != null) {
            Snapshot read =
                    SnapshotJson.read(Inputs.load(file), file.toString(), new JacksonFormat());
            return new Facts(Kind.SNAPSHOT, file.toString(), read, List.of());
        }
        Path from = arguments.get(Options.FROM).orElse(null);
        if (from != null) {
            return texts(from);
        }
        Path root = arguments.get(Options.ROOT).orElse(Path.of("/"));
        if (!Files.isDirectory(root)) {
            throw new Failure(ExitCode.MACHINE, root + " is not a directory");
        }
        Snapshot read = new HostReader(HostRoot.of(root)).read(Version.text());
        return new Facts(Kind.MACHINE, "", read, List.of());
    }

    /// The facts in texts that somebody pasted.
    static Snapshot pasted(Path from) {
        return texts(from).snapshot;
    }

    private static Facts texts(Path from) {
        List<TextFile> files;
        try {
            files = TextFile.in(from);
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, IoReason.withFile(e, from.toString()), e);
        }
        HostTexts texts = HostTexts.read(files, new JacksonFormat(), Version.text());
        List<ReadFile> read = new ArrayList<>();
        boolean bundled = files.stream().anyMatch(DoctorCommand::isManifest);
        for (HostTexts.Recognised each : texts.files()) {
            boolean about = bundled && each.kinds().isEmpty();
            read.add(
                    about
                            ? new ReadFile(each.name(), List.of(Bundle.KIND), "")
                            : new ReadFile(each.name(), each.kinds(), each.problem()));
        }
        if (texts.files().stream().allMatch(each -> each.kinds().isEmpty())) {
            throw new Failure(
                    ExitCode.NO,
                    from
                            + ": contains no facts about a host; add the output of \"sudo lspci"
                            + " -vvnn\" and \"sudo dmesg\"");
        }
        return new Facts(Kind.TEXTS, from.toString(), texts.snapshot(), read);
    }

    private static boolean isManifest(TextFile file) {
        return Bundle.isManifest(file.name(), file.contents().value().orElse(Image.EMPTY));
    }

    private static @Nullable RomCheckReport rom(Arguments arguments, Snapshot snapshot) {
        Path file = arguments.get(Options.DOCTOR_ROM).orElse(null);
        if (file == null) {
            return null;
        }
        Image image = Inputs.load(file);
        return Answers.rom(
                file.toString(), image, snapshot.igd().id().value(), snapshot.lpc().id().value());
    }
}
