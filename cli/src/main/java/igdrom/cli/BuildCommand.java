package igdrom.cli;

import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.cli.json.JacksonFormat;
import igdrom.driver.Driver;
import igdrom.firmware.ArtifactFilter;
import igdrom.firmware.Contents;
import igdrom.firmware.FirmwareReader;
import igdrom.formats.oprom.OptionRom;
import igdrom.host.HostReader;
import igdrom.host.HostRoot;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.json.MalformedJsonException;
import igdrom.knowledge.Knowledge;
import igdrom.plan.Conflict;
import igdrom.plan.Plan;
import igdrom.plan.PlanResult;
import igdrom.plan.RomRequest;
import igdrom.rom.RomParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// `igdrom build -o ROM`.
final class BuildCommand implements Command {
    /// The options that name a file to read.
    private static final List<String> INPUTS =
            List.of("--snapshot", "--firmware", "--gop", "--vbt", "--opregion", "--vbios");

    /// What every ROM needs: the driver, and the tables that tell what it has to do.
    private @Nullable Ahead<Driver> driver;

    @Override
    public void prepare() {
        driver = Ahead.start("igdrom-driver", BuildCommand::load);
    }

    private static Driver load() {
        Driver driver = Driver.bundled();
        Knowledge.prepare();
        // The data beside the driver has one: the JDK takes a while to find the code for it.
        long _ = Image.EMPTY.crc32();
        // No GOP is in there, but what looks for one is linked when the parts are to be read.
        Contents _ = FirmwareReader.read(driver.program().raw(), "driver", ArtifactFilter.GOPS);
        return driver;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of(CommandName.BUILD)
                .synopsis("igdrom build [OPTIONS] -o ROM")
                .requiredValue("ROM", "The ROM to make.", "-o", "--output")
                .value(
                        "VENDOR:DEVICE[:REV]",
                        "The device it is for (lspci -nn shows its id).",
                        "-d",
                        "--device")
                .flag("Take what this machine tells.", "--host")
                .value("FILE", "Take what another machine told igdrom snapshot.", "--snapshot")
                .value("FILE", "Take GOP and VBT out of a firmware image.", "--firmware")
                .value(
                        "FILE",
                        "Take the GOP out of an EFI driver, a ROM or whatever else.",
                        "--gop")
                .value("FILE", "Make an OpRegion around this VBT.", "--vbt")
                .value("FILE", "Embed this OpRegion.", "--opregion")
                .value(
                        "WHICH",
                        "auto: the hypervisor's OpRegion, where it offers one, before the"
                                + " embedded one; embedded: the other way round.",
                        "--opregion-source")
                .value("FILE", "Put a legacy VGA BIOS first, for SeaBIOS.", "--vbios")
                .value("WHICH", "The guest: q35, pc or bhyve.", "--machine")
                .value(
                        "ADDRESS",
                        "Where stolen memory is to be: the host's own place.",
                        "--stolen-base")
                .value("SIZE", "How large it is: 0x4000000 or 64M.", "--stolen-size")
                .value("HOW", "Tell the GOP of a lid: open or closed.", "--lid")
                .flag("Tell the GOP of a docking station.", "--dock")
                .value(
                        "VENDOR:DEVICE",
                        "Tell the GOP that this is the LPC bridge, the host's (lspci -nn -s"
                                + " 1f.0 shows its id): it then works on q35 too.",
                        "--pch")
                .flag("Leave the GOP as it is.", "--no-pch")
                .flag("Leave the GOP out.", "--no-gop")
                .flag("Compress the UEFI images.", "--compress")
                .value("VENDOR:DEVICE", "Treat an unknown device like this one.", "--treat-as")
                .value(
                        "WHAT,...",
                        "Make it although something does not fit: " + contradictions(),
                        "--allow")
                .flag("Replace a ROM that exists.", "-f", "--force")
                .json()
                .examples(
                        "sudo igdrom build --host --firmware bios.bin -o igd.rom",
                        "igdrom build --device 8086:46d1 --firmware bios.bin -o igd.rom",
                        "igdrom build --device 8086:9bc8 --gop gop.efi --vbt vbt.bin -o igd.rom");
    }

    @Override
    public ExitCode run(ParseResult options, Console console) throws IOException {
        Path path = Inputs.path(options.matchedOptionValue("--output", ""));
        boolean force = options.hasMatchedOption("--force");
        Set<Object> read = force ? NewFile.identities(inputs(options)) : Set.of();
        NewFile file = new NewFile(path, force).checked(read);
        RomRequest request = BuildRequest.of(options);
        BuildParts parts = BuildParts.of(options, request.withGop());
        PlanResult planning;
        try (Progress _ = Progress.reading(console, "the parts of " + path)) {
            planning = plan(options, request, parts);
        } catch (MalformedImageException | MalformedJsonException e) {
            throw new Failure(ExitCode.MALFORMED, String.valueOf(e.getMessage()), e);
        }
        if (!parts.unneeded().isEmpty()) {
            String problem = ": nothing of it is needed, other options say where GOP and VBT are";
            console.err().line("note: " + parts.unneeded() + problem);
        }
        BuildReport report = new BuildReport(path.toString(), console);
        boolean json = options.hasMatchedOption("--json");
        // No switch over the two: docs/decisions/0005.
        if (!(planning instanceof Plan plan)) {
            PlanResult.Refused refused = (PlanResult.Refused) planning;
            return json ? report.json(refused) : report.text(refused);
        }
        OptionRom rom = assembled(RomParts.of(plan, driver == null ? load() : driver.get()));
        file.write(rom.image());
        if (json) {
            report.json(plan, rom);
        } else {
            report.text(plan, rom);
        }
        return ExitCode.OK;
    }

    private static List<Path> inputs(ParseResult options) {
        List<Path> inputs = new ArrayList<>();
        for (String option : INPUTS) {
            String file = options.matchedOptionValue(option, "");
            if (!file.isEmpty()) {
                inputs.add(Inputs.path(file));
            }
        }
        return inputs;
    }

    private static PlanResult plan(ParseResult options, RomRequest request, BuildParts parts)
            throws IOException {
        Snapshot host = host(options);
        if (request.device() == null && host == null) {
            throw new Failure(
                    ExitCode.USAGE,
                    "for which device? --device says it (lspci -nn shows its id), --host and"
                            + " --snapshot tell");
        }
        String file = options.matchedOptionValue("--snapshot", "");
        return PlanResult.of(request, parts.read(), host, file.isEmpty() ? null : file);
    }

    private static @Nullable Snapshot host(ParseResult options) throws IOException {
        String file = options.matchedOptionValue("--snapshot", "");
        boolean own = options.hasMatchedOption("--host");
        if (own && !file.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "--host and --snapshot: which of the two?");
        }
        if (own) {
            return new HostReader(new HostRoot(Path.of("/"))).read("igdrom " + Commands.VERSION);
        }
        return file.isEmpty()
                ? null
                : SnapshotJson.read(Inputs.load(file), file, new JacksonFormat());
    }

    private static OptionRom assembled(RomParts parts) {
        try {
            return parts.assemble();
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.NO, String.valueOf(e.getMessage()), e);
        }
    }

    private static String contradictions() {
        StringBuilder text = new StringBuilder();
        for (Conflict contradiction : Conflict.values()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(contradiction.id())
                    .append(" (")
                    .append(contradiction.meaning())
                    .append(")");
        }
        return text.append('.').toString();
    }
}
