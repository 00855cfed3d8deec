package igdrom.cli.commands;

import igdrom.bench.LentDevice;
import igdrom.bench.TestMachine;
import igdrom.bench.setup.Qemu;
import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.DeviceId;
import igdrom.cli.options.Option;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.OutputException;
import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.PciFunction;
import igdrom.host.Snapshot;
import igdrom.host.linux.HostReader;
import igdrom.host.linux.HostRoot;
import igdrom.host.linux.TerminalFile;
import igdrom.knowledge.Platform.GraphicsControl;
import igdrom.plan.host.DeviceTrial;
import igdrom.plan.host.Fix;
import igdrom.plan.host.TrialRefusal;
import igdrom.virtualigd.IgdModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// This machine, whose own GPU a guest gets for a test.
///
/// @param onScreen whether igdrom was started from a text screen of the machine
record OwnHost(Snapshot facts, Fact<Boolean> onScreen) {
    private static final String DOCTOR = "sudo igdrom doctor";

    /// Options that set up what the host itself has.
    private static final List<Option<?>> EXCLUDED =
            List.of(
                    Options.TEST_DEVICE,
                    Options.LPC,
                    Options.TEST_OPREGION,
                    Options.FW_CFG,
                    Options.PRESET_ASLS,
                    Options.PRESET_BDSM,
                    Options.RAW,
                    Options.VIRTUAL_FUNCTION,
                    Options.DIRTY,
                    Options.HOST_BASE,
                    Options.REBOOT,
                    Options.LINUX);

    static OwnHost read(HostRoot root) {
        return new OwnHost(
                new HostReader(root).read(Version.text()), new TerminalFile(root).isTextScreen());
    }

    /// Refuses options that contradict each other.
    static void check(Arguments arguments) {
        if (!arguments.has(Options.ON_HOST)) {
            if (arguments.has(Options.BIND)) {
                throw new Failure(
                        ExitCode.USAGE, Options.BIND + " has no effect without " + Options.ON_HOST);
            }
            return;
        }
        for (Option<?> option : EXCLUDED) {
            if (arguments.has(option)) {
                throw new Failure(
                        ExitCode.USAGE,
                        "%s and %s exclude each other: the test takes this host as it is"
                                .formatted(option, Options.ON_HOST));
            }
        }
    }

    /// The GPU of this host. Empty when it cannot be tested; [#lend] then gives the reason.
    Optional<DeviceId> device() {
        PciFunction igd = facts.igd();
        return igd.id().value().map(id -> new DeviceId(id, igd.revision().value().orElse(0), null));
    }

    /// The machine with what this host hands to a guest.
    TestMachine machine(TestMachine chosen) {
        IgdModel model = chosen.gpus().getFirst();
        PciFunction igd = facts.igd();
        Optional<PciId> lpc = facts.lpc().id().value().filter(_ -> chosen.lpc().isPresent());
        GraphicsControl control = model.platform().graphicsControl();
        Image config = igd.config().value().orElse(Image.EMPTY);
        if (config.size() >= control.offset() + 2) {
            model = model.withGgc(config.u16(control.offset()));
        }
        TestMachine.Builder machine =
                chosen.toBuilder()
                        .withOpRegionOfHost()
                        .gpus(model.withClass(igd.classCode().value().orElse(IgdModel.VGA)));
        lpc.ifPresent(machine::lpc);
        return machine.build();
    }

    /// The device, if nothing prevents that a guest gets it.
    ///
    /// @throws Failure with every reason and what to do about it
    LentDevice lend(Qemu qemu, Arguments arguments, Console console) throws OutputException {
        DeviceTrial trial =
                DeviceTrial.of(
                        facts.withQemu(qemu.version(), qemu.origin()),
                        onScreen,
                        arguments.has(Options.BIND));
        if (!trial.refusals().isEmpty()) {
            throw refused(trial.refusals(), console);
        }
        int group =
                facts.igd()
                        .use()
                        .iommuGroup()
                        .value()
                        .flatMap(o -> o)
                        .orElseThrow(() ->
                                new Failure(
                                        ExitCode.MACHINE, "the IOMMU group of the IGD is unknown"));
        return new LentDevice(
                trial.address(), group, qemu.runsKvm(), arguments.words(Options.QEMU_OPTIONS));
    }

    /// Prints what to do next, and returns the reasons.
    private static Failure refused(List<TrialRefusal> refusals, Console console)
            throws OutputException {
        List<String> reasons = new ArrayList<>();
        for (TrialRefusal refusal : refusals) {
            reasons.add(refusal.why());
            for (Fix fix : fixes(refusal)) {
                if (fix instanceof Fix.Do(String what, List<String> commands)) {
                    console.note(
                            commands.isEmpty() ? what : what + ": " + String.join("; ", commands));
                }
            }
        }
        return new Failure(
                ExitCode.MACHINE,
                "the GPU of this host stays where it is: "
                        + String.join("; ", reasons)
                        + " ("
                        + DOCTOR
                        + " checks the whole host)");
    }

    /// What the owner can do, options included.
    private static List<Fix> fixes(TrialRefusal refusal) {
        return switch (refusal.reason()) {
            case NOT_ROOT ->
                    List.of(
                            new Fix.Do(
                                    "start it as root",
                                    List.of("sudo igdrom test " + Options.ON_HOST + " ROM")));
            case NOT_BOUND ->
                    List.of(
                            new Fix.Do(
                                    Options.BIND
                                            + " lets vfio-pci take it for the test, and gives it"
                                            + " back",
                                    List.of()));
            default -> refusal.fixes();
        };
    }
}
