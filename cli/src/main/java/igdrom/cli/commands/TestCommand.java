package igdrom.cli.commands;

import igdrom.bench.Bench;
import igdrom.bench.Emulator;
import igdrom.bench.LinuxBench;
import igdrom.bench.LinuxOutcome;
import igdrom.bench.MachineChoice;
import igdrom.bench.Outcome;
import igdrom.bench.RomContents;
import igdrom.bench.TestMachine;
import igdrom.bench.TestRequest;
import igdrom.bench.UnsupportedRequestException;
import igdrom.bench.UnsupportedRequestException.Reason;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Verdict;
import igdrom.bench.setup.Kernel;
import igdrom.bench.setup.Refusal;
import igdrom.bench.setup.Tools;
import igdrom.bytes.Location;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.files.Inputs;
import igdrom.cli.files.NewFile;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.DeviceId;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.OutputException;
import igdrom.cli.output.PictureText;
import igdrom.cli.output.Progress;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Platform;
import igdrom.report.TestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `igdrom test ROM`.
final class TestCommand implements Command {
    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.TEST.summary())
                .details(
                        "Checks the guest's memory, its registers and the picture. The contents"
                                + " of the ROM determine everything that no option sets.")
                .operands(Operands.files("ROM", "0..1", "An option ROM, from igdrom or elsewhere."))
                .options(
                        Options.TEST_DEVICE,
                        Options.TEST_MACHINE,
                        Options.LPC,
                        Options.TEST_OPREGION,
                        Options.FW_CFG,
                        Options.PRESET_ASLS,
                        Options.PRESET_BDSM,
                        Options.MEMORY,
                        Options.REBOOT,
                        Options.SCREENSHOT,
                        Options.TEST_FORCE,
                        Options.TIMEOUT,
                        Options.KEEP,
                        Options.LINUX,
                        Options.JSON,
                        Options.SETUP,
                        Options.DIRECTORY,
                        Options.MIRROR)
                .examples(
                        "igdrom test igd.rom",
                        "igdrom test --device 8086:46d4:0c --reboot igd.rom",
                        "igdrom test --setup");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        if (arguments.has(Options.SETUP)) {
            return SetupAction.run(arguments, console);
        }
        if (arguments.operands().isEmpty()) {
            throw new Failure(ExitCode.USAGE, "no ROM given (see: igdrom help test)");
        }
        Path file = Path.of(arguments.operands().getFirst());
        Optional<NewFile> screenshot = NewFile.of(arguments, Options.SCREENSHOT);
        Optional<Path> kept = arguments.get(Options.KEEP);
        if (kept.isPresent() && Files.exists(kept.get(), LinkOption.NOFOLLOW_LINKS)) {
            throw new Failure(ExitCode.USAGE, kept.get() + " exists");
        }
        TestMachine machine = machine(file, arguments);
        return new Run(arguments, console, file, machine).run(screenshot, kept);
    }

    /// The virtual machine that the options and the ROM ask for.
    private static TestMachine machine(Path file, Arguments arguments) {
        RomContents rom =
                RomContents.read(
                        Inputs.load(file), Location.root(String.valueOf(file.getFileName())));
        try {
            return MachineChoice.of(request(rom, arguments));
        } catch (UnsupportedRequestException e) {
            throw new Failure(ExitCode.USAGE, file + ": " + problem(e.reason()), e);
        }
    }

    private static String problem(Reason reason) {
        return switch (reason) {
            case Reason.LpcOnQ35() ->
                    Options.LPC
                            + " needs "
                            + Options.TEST_MACHINE
                            + " pc: q35 has its own LPC bridge";
            case Reason.OpRegionNotPassed() ->
                    Options.TEST_OPREGION
                            + " has no effect without "
                            + Options.FW_CFG
                            + " on or "
                            + Options.PRESET_ASLS;
            case Reason.NoBdsm(Platform platform) ->
                    Options.PRESET_BDSM + ": " + platform.codename() + " has no BDSM register";
            case Reason.UnknownDevice(PciId id) ->
                    "made for "
                            + id
                            + ", which is not a known Intel GPU: name yours with "
                            + Options.TEST_DEVICE;
        };
    }

    private static TestRequest request(RomContents rom, Arguments arguments) {
        Optional<DeviceId> device = arguments.get(Options.TEST_DEVICE);
        return new TestRequest(
                rom,
                device.map(id -> new TestRequest.Device(id.id(), id.revision())),
                arguments.get(Options.TEST_MACHINE),
                arguments.get(Options.LPC),
                arguments.get(Options.TEST_OPREGION).map(Inputs::load),
                arguments.get(Options.FW_CFG),
                arguments.has(Options.PRESET_ASLS),
                arguments.has(Options.PRESET_BDSM),
                arguments.get(Options.MEMORY),
                arguments.has(Options.REBOOT));
    }

    /// One test whose options are known to be valid.
    private record Run(Arguments arguments, Console console, Path file, TestMachine machine) {
        ExitCode run(Optional<NewFile> screenshot, Optional<Path> kept) throws IOException {
            Tools tools = tools();
            Emulator emulator =
                    new Emulator(tools.qemu().orElseThrow(), tools.ovmf().orElseThrow());
            Outcome outcome = boot(emulator, kept);
            List<String> dmesg = List.of();
            if (arguments.has(Options.LINUX)) {
                LinuxOutcome linux = bootLinux(emulator, tools.kernel().orElseThrow());
                outcome = outcome.with(linux.checks());
                dmesg = linux.report().dmesg();
            }
            Optional<Path> picture = written(outcome, screenshot);
            TestReport report = report(outcome, picture);
            ExitCode code = ReportPrinter.of(arguments, console).print(report);
            if (!arguments.has(Options.JSON)) {
                draw(outcome);
            }
            if (arguments.has(Options.TRACE)) {
                TestTrace.print(console.err(), outcome, dmesg);
            }
            return code;
        }

        private Tools tools() throws IOException {
            Tools tools = Tools.find(SetupAction.environment(arguments));
            if (tools.qemu().isEmpty() || tools.ovmf().isEmpty()) {
                StringBuilder problem =
                        new StringBuilder("no QEMU ").append(Tools.MIN_QEMU_VERSION);
                problem.append(" or newer with OVMF here");
                for (Refusal refusal : tools.refused()) {
                    problem.append("; ").append(refusal);
                }
                throw new Failure(
                        ExitCode.MACHINE,
                        problem + " (igdrom test " + Options.SETUP + " fetches them)");
            }
            if (arguments.has(Options.LINUX) && tools.kernel().isEmpty()) {
                throw new Failure(
                        ExitCode.MACHINE,
                        "no Linux kernel here (igdrom test "
                                + Options.SETUP
                                + " "
                                + Options.LINUX
                                + " fetches one)");
            }
            return tools;
        }

        private int seconds() {
            return arguments.get(Options.TIMEOUT).orElse(Options.DEFAULT_TIMEOUT_SECONDS);
        }

        private Outcome boot(Emulator emulator, Optional<Path> kept) throws IOException {
            try (Progress _ = Progress.running(console, "booting a guest with " + file)) {
                return kept.isEmpty()
                        ? Bench.run(machine, emulator, seconds())
                        : Bench.run(machine, emulator, seconds(), kept.get());
            }
        }

        private LinuxOutcome bootLinux(Emulator emulator, Kernel kernel) throws IOException {
            try (Progress _ = Progress.running(console, "booting Linux with " + file)) {
                return LinuxBench.run(machine, emulator, kernel, seconds());
            }
        }

        /// Writes the picture, if one was drawn and is wanted.
        private static Optional<Path> written(Outcome outcome, Optional<NewFile> screenshot) {
            if (screenshot.isEmpty() || outcome.picture().isEmpty()) {
                return Optional.empty();
            }
            screenshot.get().write(outcome.picture().get().png());
            return screenshot.map(NewFile::path);
        }

        private TestReport report(Outcome outcome, Optional<Path> screenshot) {
            List<TestReport.Check> checks = new ArrayList<>();
            for (Verdict.Check check : outcome.verdict().checks()) {
                checks.add(new TestReport.Check(check.id(), check.ok(), check.evidence()));
            }
            return new TestReport(
                    file.toString(),
                    machine.gpus().getFirst().id(),
                    machine.type().qemuName(),
                    checks,
                    outcome.verdict().notProved(),
                    registers(outcome.seen()),
                    screenshot.map(Path::toString).orElse(null));
        }

        private static TestReport.@Nullable Registers registers(Observations seen) {
            if (seen.looks().isEmpty()) {
                return null;
            }
            Observations.Gpu gpu = seen.looks().getLast().gpus().getFirst();
            return new TestReport.Registers(gpu.asls(), gpu.bdsm());
        }

        /// Draws the picture on a terminal that can show it.
        private void draw(Outcome outcome) throws OutputException {
            if (outcome.picture().isPresent() && hasTrueColour(console)) {
                int columns = console.terminal().columns();
                PictureText.print(console.out(), outcome.picture().get(), columns);
            }
        }

        /// Terminals with 24-bit colours set this variable.
        private static boolean hasTrueColour(Console console) {
            String colours = System.getenv().getOrDefault("COLORTERM", "");
            return console.terminal().stdout()
                    && console.out().colour()
                    && console.out().unicode()
                    && (colours.equals("truecolor") || colours.equals("24bit"));
        }
    }
}
