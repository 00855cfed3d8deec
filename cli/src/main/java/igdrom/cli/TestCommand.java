package igdrom.cli;

import igdrom.bench.Bench;
import igdrom.bench.Emulator;
import igdrom.bench.LinuxBench;
import igdrom.bench.LinuxOutcome;
import igdrom.bench.MachineType;
import igdrom.bench.Outcome;
import igdrom.bench.RomContents;
import igdrom.bench.TestMachine;
import igdrom.bench.TestRequest;
import igdrom.bench.setup.Refusal;
import igdrom.bench.setup.Tools;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// `igdrom test ROM`.
final class TestCommand implements Command {
    private static final int SECONDS = 120;
    private static final int MOST_SECONDS = 3600;
    private static final int MOST_MEMORY = 1 << 20;

    @Override
    public Syntax syntax() {
        Syntax syntax =
                Syntax.of(CommandName.TEST)
                        .explanation(
                                "That is the guest's memory, its registers, the picture. What is"
                                        + " not said goes by the ROM.")
                        .words("ROM", "0..1", "The option ROM, ours or anybody's.")
                        .value(
                                "ID[:REV]",
                                "The GPU to test it on, such as 8086:46d4 or 8086:46d4:0c.",
                                "-d",
                                "--device")
                        .value(
                                "TYPE",
                                "q35 or pc. Where the ROM's GOP asks for the host's LPC bridge: pc,"
                                        + " else q35.",
                                "--machine")
                        .value(
                                "ID",
                                "What stands at 00:1f.0 on machine pc, such as 8086:7a84: a GOP"
                                        + " gives up when it does not know it.",
                                "--lpc")
                        .value(
                                "FILE",
                                "The host's OpRegion, which the hypervisor gives to the guest;"
                                        + " without it, one that is made up.",
                                "--opregion")
                        .value(
                                "on|off",
                                "Whether the guest gets QEMU's files for it (etc/igd-opregion,"
                                        + " etc/igd-bdsm-size). Off when the ROM has an OpRegion.",
                                "--fw-cfg")
                        .flag(
                                "The OpRegion is in memory and ASLS set before the guest starts,"
                                        + " as bhyve does it.",
                                "--preset-asls")
                        .flag("The same with stolen memory.", "--preset-bdsm")
                        .value("MIB", "The guest's memory.", "--memory")
                        .flag("Reset the guest once, and look again.", "--reboot")
                        .value("FILE.png", "Write there what the GOP drew.", "--screenshot")
                        .flag(
                                "Replace that file when it exists; with --setup, fetch anew.",
                                "-f",
                                "--force")
                        .value("SECONDS", "Give up after so long (" + SECONDS + ").", "--timeout")
                        .value("DIR", "Make this folder and leave the run's files there.", "--keep")
                        .flag(
                                "Start a Linux kernel on it too, and look at what that makes of"
                                        + " it.",
                                "--linux")
                        .json();
        return SetupAction.addTo(syntax)
                .examples(
                        "igdrom test igd.rom",
                        "igdrom test --device 8086:46d4:0c --reboot igd.rom",
                        "igdrom test --setup");
    }

    @Override
    public ExitCode run(ParseResult options, Console console) throws IOException {
        if (options.hasMatchedOption("--setup")) {
            return SetupAction.run(options, console);
        }
        String[] files = options.matchedPositionalValue(0, new String[0]);
        if (files.length != 1) {
            String question =
                    files.length == 0 ? "which ROM?" : "which of these? One ROM is tested";
            throw new Failure(ExitCode.USAGE, question + " (see: igdrom help test)");
        }
        Path file = Inputs.path(files[0]);
        RomContents rom = rom(file);
        TestMachine setting;
        try {
            setting = request(rom, options).setting();
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, file + ": " + e.getMessage(), e);
        }
        int seconds = number(options, "--timeout", SECONDS, 1, MOST_SECONDS);
        Optional<NewFile> screenshot = screenshot(options, file);
        String kept = options.matchedOptionValue("--keep", "");
        if (!kept.isEmpty() && Files.exists(Inputs.path(kept), LinkOption.NOFOLLOW_LINKS)) {
            throw new Failure(ExitCode.USAGE, kept + " exists");
        }
        Tools tools = tools(options);
        Emulator emulator = new Emulator(tools.qemu().orElseThrow(), tools.ovmf().orElseThrow());
        Outcome outcome;
        try (Progress _ = Progress.running(console, "booting a guest with " + file)) {
            outcome =
                    kept.isEmpty()
                            ? Bench.run(setting, emulator, seconds)
                            : Bench.run(setting, emulator, seconds, Inputs.path(kept));
        }
        List<String> dmesg = List.of();
        if (options.hasMatchedOption("--linux")) {
            try (Progress _ = Progress.running(console, "booting Linux with " + file)) {
                LinuxOutcome linux =
                        LinuxBench.run(setting, emulator, tools.kernel().orElseThrow(), seconds);
                outcome = outcome.with(linux.checks());
                dmesg = linux.told().dmesg();
            }
        }
        boolean written = screenshot.isPresent() && outcome.picture().isPresent();
        if (written) {
            screenshot.get().write(outcome.picture().get().png());
        }
        TestReport report =
                new TestReport(
                        file,
                        setting,
                        outcome,
                        written ? screenshot.map(NewFile::path) : Optional.empty());
        if (options.hasMatchedOption("--json")) {
            try (Json json = Json.document(console.out())) {
                report.write(json);
            }
        } else {
            report.print(console.out());
            if (outcome.picture().isPresent() && drawable(console)) {
                PictureText.print(
                        console.out(), outcome.picture().get(), console.terminal().columns());
            }
        }
        if (options.hasMatchedOption("--trace")) {
            TestTrace.print(console.err(), outcome, dmesg);
        }
        return outcome.verdict().passed() ? ExitCode.OK : ExitCode.NO;
    }

    private static Optional<NewFile> screenshot(ParseResult options, Path rom) {
        String name = options.matchedOptionValue("--screenshot", "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path region = Inputs.path(options.matchedOptionValue("--opregion", rom.toString()));
        return Optional.of(
                new NewFile(Inputs.path(name), options.hasMatchedOption("--force"))
                        .checked(NewFile.identities(List.of(rom, region))));
    }

    /// Terminals say in this variable that they have 24-bit colours.
    private static boolean drawable(Console console) {
        String colours = System.getenv().getOrDefault("COLORTERM", "");
        return console.terminal().stdout()
                && console.out().colour()
                && console.out().unicode()
                && (colours.equals("truecolor") || colours.equals("24bit"));
    }

    private static RomContents rom(Path file) throws IOException {
        try {
            return RomContents.read(
                    Inputs.load(file.toString()),
                    Location.root(String.valueOf(file.getFileName())));
        } catch (MalformedImageException e) {
            throw new Failure(ExitCode.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    private static TestRequest request(RomContents rom, ParseResult options) throws IOException {
        Optional<Options.Revised> device = Options.revised(options, "--device");
        String opRegion = options.matchedOptionValue("--opregion", "");
        return new TestRequest(
                rom,
                device.isEmpty() ? Optional.empty() : Optional.of(device.get().id()),
                device.isEmpty() ? 0 : device.get().revision(),
                machine(options),
                Options.id(options, "--lpc"),
                opRegion.isEmpty() ? Image.EMPTY : Inputs.load(opRegion),
                fwCfg(options),
                options.hasMatchedOption("--preset-asls"),
                options.hasMatchedOption("--preset-bdsm"),
                number(options, "--memory", 0, 256, MOST_MEMORY),
                options.hasMatchedOption("--reboot"));
    }

    private static Optional<MachineType> machine(ParseResult options) {
        String text = options.matchedOptionValue("--machine", "");
        return switch (text) {
            case "" -> Optional.empty();
            case "pc" -> Optional.of(MachineType.PC);
            case "q35" -> Optional.of(MachineType.Q35);
            default ->
                    throw new Failure(ExitCode.USAGE, "--machine is '" + text + "', not q35 or pc");
        };
    }

    private static Optional<Boolean> fwCfg(ParseResult options) {
        String text = options.matchedOptionValue("--fw-cfg", "");
        return switch (text) {
            case "" -> Optional.empty();
            case "on" -> Optional.of(true);
            case "off" -> Optional.of(false);
            default ->
                    throw new Failure(ExitCode.USAGE, "--fw-cfg is '" + text + "', not on or off");
        };
    }

    private static int number(
            ParseResult options, String name, int otherwise, int least, int most) {
        String text = options.matchedOptionValue(name, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // The same complaint.
        }
        throw new Failure(
                ExitCode.USAGE,
                name + " is '" + text + "', not a number from " + least + " to " + most);
    }

    /// What the run needs.
    private static Tools tools(ParseResult options) throws IOException {
        Tools tools = Tools.find(SetupAction.surroundings(options));
        if (tools.qemu().isEmpty() || tools.ovmf().isEmpty()) {
            StringBuilder problem = new StringBuilder("no QEMU ").append(Tools.MIN_QEMU_VERSION);
            problem.append(" or newer with OVMF here");
            for (Refusal refusal : tools.refused()) {
                problem.append("; ").append(refusal);
            }
            throw new Failure(ExitCode.MACHINE, problem + " (igdrom test --setup gets them)");
        }
        if (options.hasMatchedOption("--linux") && tools.kernel().isEmpty()) {
            throw new Failure(
                    ExitCode.MACHINE,
                    "no Linux kernel here (igdrom test --setup --linux gets one)");
        }
        return tools;
    }
}
