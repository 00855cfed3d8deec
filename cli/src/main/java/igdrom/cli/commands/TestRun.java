package igdrom.cli.commands;

import igdrom.bench.Bench;
import igdrom.bench.Diagnosis;
import igdrom.bench.Emulator;
import igdrom.bench.HostStack;
import igdrom.bench.LentDevice;
import igdrom.bench.LinuxBench;
import igdrom.bench.LinuxOutcome;
import igdrom.bench.Outcome;
import igdrom.bench.TestMachine;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Verdict;
import igdrom.bench.setup.Kernel;
import igdrom.bench.setup.Qemu;
import igdrom.bench.setup.Refusal;
import igdrom.bench.setup.Tools;
import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.files.NewFile;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.Option;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.OutputException;
import igdrom.cli.output.PictureText;
import igdrom.cli.output.Progress;
import igdrom.report.TestCause;
import igdrom.report.TestReport;
import igdrom.virtualigd.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One test, whose options are known to be valid: boots the guests and reports.
///
/// @param host whose own GPU the guest gets; null for a virtual one
record TestRun(
        Arguments arguments,
        Console console,
        Path file,
        TestMachine machine,
        @Nullable OwnHost host) {
    ExitCode run(Optional<NewFile> screenshot, Optional<HtmlPage> page, Optional<Path> kept)
            throws IOException {
        Tools tools = tools();
        Emulator emulator = new Emulator(tools.qemu().orElseThrow(), tools.ovmf().orElseThrow());
        Outcome outcome = boot(emulator, tools, kept);
        List<String> dmesg = List.of();
        if (arguments.has(Options.LINUX)) {
            LinuxOutcome linux = bootLinux(emulator, tools);
            outcome = outcome.with(linux.verdict());
            dmesg = linux.report().dmesg();
        }
        Optional<Path> picture = written(outcome, screenshot);
        TestReport report = report(outcome, picture);
        write(page, report, outcome);
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
            StringBuilder problem = new StringBuilder("no QEMU ").append(Tools.MIN_QEMU_VERSION);
            problem.append(" or newer with OVMF here");
            for (Refusal refusal : tools.refused()) {
                problem.append("; ").append(refusal);
            }
            throw new Failure(
                    ExitCode.MACHINE,
                    problem + " (igdrom test " + Options.SETUP + " fetches them)");
        }
        if (arguments.has(Options.LINUX) && tools.kernel().isEmpty()) {
            throw missingKernel("no Linux kernel here", Options.LINUX);
        }
        if (arguments.has(Options.HOST_STACK)) {
            if (tools.kernel().filter(Kernel::canBeHost).isEmpty()) {
                throw missingKernel("no Linux kernel with vfio-pci here", Options.HOST_STACK);
            }
            if (arguments.has(Options.EMULATED_SVM)
                    && tools.kernel().filter(Kernel::canRunKvm).isEmpty()) {
                throw missingKernel("no Linux kernel with KVM here", Options.HOST_STACK);
            }
            Qemu qemu = tools.qemu().orElseThrow();
            if (qemu.tree() == null) {
                throw new Failure(
                        ExitCode.MACHINE,
                        "%s: an installed QEMU cannot be put into the host (IGDROM_QEMU=DIR names a"
                                        .formatted(qemu.origin())
                                + " directory with Debian's packages of QEMU)");
            }
        }
        return tools;
    }

    private static Failure missingKernel(String problem, Option<?> needed) {
        return new Failure(
                ExitCode.MACHINE,
                "%s (igdrom test %s %s fetches one)".formatted(problem, Options.SETUP, needed));
    }

    private int seconds() {
        return arguments
                .get(Options.TIMEOUT)
                .orElse(
                        arguments.has(Options.HOST_STACK)
                                ? Options.DEFAULT_HOST_STACK_SECONDS
                                : host != null
                                        ? Options.DEFAULT_ON_HOST_SECONDS
                                        : Options.DEFAULT_TIMEOUT_SECONDS);
    }

    private Outcome boot(Emulator emulator, Tools tools, Optional<Path> kept) throws IOException {
        String label = "booting a guest with " + file;
        LentDevice lent = host == null ? null : host.lend(emulator.qemu(), arguments, console);
        try (Progress progress = Progress.running(console, label)) {
            if (lent != null) {
                return Bench.runOnHost(
                        machine,
                        emulator,
                        lent,
                        seconds(),
                        kept.orElse(null),
                        stage -> progress.label(label + ": " + stage));
            }
            if (arguments.has(Options.HOST_STACK)) {
                return Bench.runHostStack(
                        machine,
                        emulator,
                        stack(tools),
                        seconds(),
                        kept.orElse(null),
                        stage -> progress.label(label + ": " + stage));
            }
            return Bench.run(
                    machine,
                    emulator,
                    seconds(),
                    kept.orElse(null),
                    stage -> progress.label(label + ": " + stage));
        }
    }

    private HostStack stack(Tools tools) {
        return HostStack.of(tools.kernel().orElseThrow())
                .withOptions(arguments.words(Options.QEMU_OPTIONS))
                .withProcessor(
                        arguments.has(Options.EMULATED_SVM)
                                ? HostStack.Processor.SVM
                                : HostStack.Processor.TCG);
    }

    private LinuxOutcome bootLinux(Emulator emulator, Tools tools) throws IOException {
        String label = "booting Linux with " + file;
        try (Progress progress = Progress.running(console, label)) {
            if (arguments.has(Options.HOST_STACK)) {
                return LinuxBench.runHostStack(
                        machine,
                        emulator,
                        stack(tools),
                        seconds(),
                        /* kept= */ null,
                        stage -> progress.label(label + ": " + stage));
            }
            return LinuxBench.run(machine, emulator, tools.kernel().orElseThrow(), seconds());
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

    private static void write(Optional<HtmlPage> page, TestReport report, Outcome outcome) {
        if (page.isPresent()) {
            Image picture = outcome.picture().map(Picture::png).orElse(null);
            page.get().add(0, ReportPrinter.markup(report, picture));
            page.get().write(report.file());
        }
    }

    private TestReport report(Outcome outcome, Optional<Path> screenshot) {
        List<TestReport.Check> checks = new ArrayList<>();
        for (Verdict.Check check : outcome.verdict().checks()) {
            checks.add(new TestReport.Check(check.id(), check.ok(), check.evidence()));
        }
        TestReport.Machine played =
                new TestReport.Machine(
                        machine.type().qemuName(),
                        machine.lpc().orElse(null),
                        machine.origin().asBuilt(),
                        host != null);
        return new TestReport(
                file.toString(),
                machine.gpus().getFirst().id(),
                played,
                TestReport.Verdict.valueOf(outcome.verdict().kind().name()),
                machine.origin().assumptions(),
                checks,
                outcome.verdict().notProved(),
                Diagnosis.of(machine, outcome).map(TestRun::cause).orElse(null),
                registers(outcome.seen()),
                screenshot.map(Path::toString).orElse(null));
    }

    private static TestCause cause(Diagnosis diagnosis) {
        return TestCause.of(diagnosis.cause().name(), diagnosis.detail());
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
