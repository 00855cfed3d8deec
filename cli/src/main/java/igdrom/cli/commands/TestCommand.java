package igdrom.cli.commands;

import igdrom.bench.MachineChoice;
import igdrom.bench.RomContents;
import igdrom.bench.TestMachine;
import igdrom.bench.TestRequest;
import igdrom.bench.UnsupportedRequestException;
import igdrom.bench.UnsupportedRequestException.Reason;
import igdrom.bytes.Location;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.files.Inputs;
import igdrom.cli.files.NewFile;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.DeviceId;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Option;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.formats.pci.PciId;
import igdrom.host.linux.HostRoot;
import igdrom.knowledge.Platform;
import igdrom.virtualigd.IgdHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// `igdrom test ROM`.
final class TestCommand implements Command {
    private static final Pattern QEMU_OPTION = Pattern.compile("[a-z][a-z0-9-]*=[!-~]+");

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
                        Options.RAW,
                        Options.UNLOCKED,
                        Options.VIRTUAL_FUNCTION,
                        Options.DIRTY,
                        Options.HOST_BASE,
                        Options.MEMORY,
                        Options.REBOOT,
                        Options.SCREENSHOT,
                        Options.HTML,
                        Options.TEST_FORCE,
                        Options.TIMEOUT,
                        Options.KEEP,
                        Options.LINUX,
                        Options.HOST_STACK,
                        Options.ON_HOST,
                        Options.BIND,
                        Options.QEMU_OPTIONS,
                        Options.EMULATED_SVM,
                        Options.JSON,
                        Options.SETUP,
                        Options.MORE_FIRMWARE,
                        Options.DIRECTORY,
                        Options.MIRROR)
                .exclusive(Options.RAW, Options.VIRTUAL_FUNCTION)
                .exclusive(Options.HOST_STACK, Options.ON_HOST)
                .examples(
                        "igdrom test igd.rom",
                        "igdrom test --device 8086:46d4:0c --reboot igd.rom",
                        "sudo igdrom test --on-host igd.rom",
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
        checkHostStack(arguments);
        OwnHost.check(arguments);
        Optional<HtmlPage> page = HtmlPage.of(arguments);
        if (arguments.has(Options.ON_HOST)) {
            OwnHost host = OwnHost.read(HostRoot.of(Path.of("/")));
            TestMachine machine = machine(file, arguments, host.device());
            return new TestRun(arguments, console, file, host.machine(machine), host)
                    .run(screenshot, page, kept);
        }
        Optional<DeviceId> device = arguments.get(Options.TEST_DEVICE);
        TestMachine machine = machine(file, arguments, device);
        return new TestRun(arguments, console, file, machine, null).run(screenshot, page, kept);
    }

    /// Refuses what a real kernel and QEMU decide themselves.
    private static void checkHostStack(Arguments arguments) {
        if (!arguments.has(Options.HOST_STACK)) {
            for (Option<?> option : List.of(Options.QEMU_OPTIONS, Options.EMULATED_SVM)) {
                boolean applies =
                        option.equals(Options.QEMU_OPTIONS) && arguments.has(Options.ON_HOST);
                if (arguments.has(option) && !applies) {
                    throw new Failure(
                            ExitCode.USAGE,
                            option + " has no effect without " + Options.HOST_STACK);
                }
            }
            checkQemuOptions(arguments);
            return;
        }
        for (Option<?> option :
                List.of(
                        Options.FW_CFG,
                        Options.PRESET_ASLS,
                        Options.PRESET_BDSM,
                        Options.RAW,
                        Options.HOST_BASE,
                        Options.MEMORY)) {
            if (arguments.has(option)) {
                throw new Failure(
                        ExitCode.USAGE,
                        "%s and %s exclude each other: the host's kernel and QEMU decide that"
                                .formatted(option, Options.HOST_STACK));
            }
        }
        checkQemuOptions(arguments);
    }

    private static void checkQemuOptions(Arguments arguments) {
        for (String word : arguments.words(Options.QEMU_OPTIONS)) {
            if (!QEMU_OPTION.matcher(word).matches()) {
                throw new Failure(
                        ExitCode.USAGE,
                        "%s: \"%s\" is not NAME=VALUE".formatted(Options.QEMU_OPTIONS, word));
            }
        }
    }

    /// The virtual machine that the options and the ROM ask for.
    private static TestMachine machine(Path file, Arguments arguments, Optional<DeviceId> device) {
        RomContents rom =
                RomContents.read(
                        Inputs.load(file), Location.root(String.valueOf(file.getFileName())));
        try {
            return MachineChoice.of(request(rom, arguments, device));
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
            case Reason.PresetOnRaw() ->
                    Options.RAW
                            + " and "
                            + Options.VIRTUAL_FUNCTION
                            + " leave the registers to the device: they exclude "
                            + Options.PRESET_ASLS
                            + " and "
                            + Options.PRESET_BDSM;
            case Reason.NoVirtualFunctions(Platform platform) ->
                    Options.VIRTUAL_FUNCTION + ": " + platform.codename() + " has no SR-IOV";
            case Reason.NoBdsm(Platform platform) ->
                    Options.PRESET_BDSM + ": " + platform.codename() + " has no BDSM register";
            case Reason.UnknownDevice(PciId id) ->
                    "made for "
                            + id
                            + ", which is not a known Intel GPU: name yours with "
                            + Options.TEST_DEVICE;
        };
    }

    private static TestRequest request(
            RomContents rom, Arguments arguments, Optional<DeviceId> device) {
        boolean offered = arguments.has(Options.HOST_STACK) || arguments.has(Options.ON_HOST);
        return new TestRequest(
                rom,
                device.map(id -> new TestRequest.Device(id.id(), id.revision())),
                arguments.get(Options.TEST_MACHINE),
                arguments.get(Options.LPC),
                arguments.get(Options.TEST_OPREGION).map(Inputs::load),
                offered ? Optional.of(true) : arguments.get(Options.FW_CFG),
                arguments.has(Options.PRESET_ASLS),
                arguments.has(Options.PRESET_BDSM),
                arguments.get(Options.MEMORY),
                arguments.has(Options.REBOOT),
                host(arguments));
    }

    private static TestRequest.Host host(Arguments arguments) {
        if (arguments.has(Options.UNLOCKED) && !arguments.has(Options.RAW)) {
            throw new Failure(
                    ExitCode.USAGE, Options.UNLOCKED + " has no effect without " + Options.RAW);
        }
        IgdHost.Registers registers = IgdHost.Registers.EMULATED;
        if (arguments.has(Options.RAW)) {
            registers =
                    arguments.has(Options.UNLOCKED)
                            ? IgdHost.Registers.UNLOCKED
                            : IgdHost.Registers.LOCKED;
        }
        if (arguments.has(Options.VIRTUAL_FUNCTION)) {
            registers = IgdHost.Registers.ABSENT;
        }
        return new TestRequest.Host(
                registers, arguments.has(Options.DIRTY), arguments.get(Options.HOST_BASE));
    }
}
