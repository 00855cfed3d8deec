package igdrom.cli.commands;

import igdrom.bench.setup.Tools;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.files.NewFile;
import igdrom.cli.files.OverwritePolicy;
import igdrom.cli.files.TemporaryFiles;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.DeviceId;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.fetch.Environment;
import igdrom.formats.pci.PciId;
import igdrom.report.text.Style;
import igdrom.report.text.StyledText;
import igdrom.samples.SampleFlash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `igdrom demo`.
final class DemoCommand implements Command {
    private static final String NAME = "demo.bin";
    private static final PciId MADE_FOR = PciId.intel(0x46d1);

    /// A step, in the order of a real session.
    ///
    /// @param why what the step is for, a sentence
    /// @param words of the command
    private record Step(String why, List<String> words) {}

    /// From an image to a guest.
    ///
    /// @param made whether the image is a made one, whose GOP cannot draw
    /// @param force whether files may be replaced
    /// @param proof whether a guest is booted
    /// @param kept whether the directory stays
    private record Way(
            Path directory,
            Path image,
            PciId device,
            boolean made,
            boolean force,
            boolean proof,
            boolean kept) {
        List<Step> steps() {
            String rom = directory.resolve("igd.rom").toString();
            List<String> again = force ? List.of(Options.FORCE.name()) : List.of();
            List<Step> steps = new ArrayList<>();
            steps.add(
                    new Step(
                            "Is there a GOP for this GPU in the image? It is the driver that draws"
                                    + " before any system has started.",
                            words(
                                    List.of(
                                            "inspect",
                                            Options.DEVICE + "",
                                            device + "",
                                            image + ""))));
            if (made) {
                String parts = directory.resolve("parts").toString();
                steps.add(
                        new Step(
                                "The parts can be written to files. build does not need them.",
                                words(List.of("extract", image + "", "-o", parts), again)));
                steps.add(
                        new Step(
                                "The VBT says what is wired to which output of the board.",
                                words(List.of("vbt", "show", parts + "/vbt-alderlake-p.bin"))));
            }
            steps.add(
                    new Step(
                            "The ROM has igdrom's driver, which prepares the guest, and the GOP.",
                            build(List.of(), rom, again)));
            steps.add(
                    new Step(
                            "Any ROM can be checked without running it.",
                            words(List.of("verify", Options.DEVICE + "", device + "", rom))));
            if (!proof) {
                return steps;
            }
            if (!made) {
                steps.add(
                        new Step(
                                "QEMU boots a guest with the ROM on a GPU that igdrom emulates. The"
                                        + " picture is what the GOP drew.",
                                words(
                                        List.of("test"),
                                        kept
                                                ? List.of(
                                                        Options.SCREENSHOT + "",
                                                        directory.resolve("igd.png") + "")
                                                : List.of(),
                                        List.of(rom),
                                        again)));
                return steps;
            }
            String alone = directory.resolve("driver.rom").toString();
            steps.add(
                    new Step(
                            "For the proof, a ROM without the GOP that cannot draw.",
                            build(List.of(Options.NO_GOP + ""), alone, again)));
            steps.add(
                    new Step(
                            "QEMU boots a guest with it on a GPU that igdrom emulates, and the"
                                    + " guest's memory is compared byte for byte.",
                            words(List.of("test", alone))));
            return steps;
        }

        private List<String> build(List<String> options, String rom, List<String> again) {
            return words(
                    List.of(
                            "build",
                            Options.DEVICE + "",
                            device + "",
                            Options.FIRMWARE + "",
                            image + ""),
                    options,
                    List.of("-o", rom),
                    again);
        }
    }

    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.DEMO.summary())
                .details(
                        "Each step is a command that you can type yourself. Without an image of"
                                + " your own, a made one has a driver that only looks like a GOP,"
                                + " and cannot draw.")
                .options(
                        Options.DEMO_FIRMWARE,
                        Options.DEMO_DEVICE,
                        Options.DEMO_DIRECTORY,
                        Options.NO_TEST,
                        Options.FORCE,
                        Options.DEMO_JSON)
                .examples("igdrom demo", "igdrom demo --device N100 --firmware bios.bin -o demo");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        Optional<Path> kept = arguments.get(Options.DEMO_DIRECTORY);
        if (kept.isPresent()) {
            Extraction.check(kept.get());
            Files.createDirectories(kept.get());
            return show(kept.get(), OverwritePolicy.of(arguments), arguments, console);
        }
        Path directory = TemporaryFiles.directory("igdrom-demo");
        try {
            return show(directory, OverwritePolicy.NEVER, arguments, console);
        } finally {
            TemporaryFiles.remove(directory);
        }
    }

    private static ExitCode show(
            Path directory, OverwritePolicy policy, Arguments arguments, Console console)
            throws IOException {
        Path own = arguments.get(Options.DEMO_FIRMWARE).orElse(null);
        Path image = own == null ? directory.resolve(NAME) : own;
        if (own == null) {
            new NewFile(image, policy).write(SampleFlash.make());
        } else if (!arguments.has(Options.DEMO_DEVICE)) {
            throw new Failure(
                    ExitCode.USAGE,
                    Options.DEMO_FIRMWARE
                            + " needs "
                            + Options.DEMO_DEVICE
                            + " (see: igdrom help demo)");
        }
        if (arguments.has(Options.DEMO_JSON)) {
            return Commands.run(List.of("inspect", Options.JSON.name(), image.toString()), console);
        }
        PciId device = arguments.get(Options.DEMO_DEVICE).map(DeviceId::id).orElse(MADE_FOR);
        say(
                console,
                own == null
                        ? "This demo goes the whole way from a firmware image to a guest. The image"
                                + " is made here, for 8086:46d1 (Intel N100). Its GOP has the marks"
                                + " of Intel's driver, and no code that draws."
                        : "This demo goes the whole way from your firmware image to a guest.");
        ExitCode code = ExitCode.OK;
        boolean proof = !arguments.has(Options.NO_TEST) && isQemuHere();
        boolean kept = arguments.has(Options.DEMO_DIRECTORY);
        List<Step> steps =
                new Way(directory, image, device, own == null, policy.force(), proof, kept).steps();
        for (int i = 0; i < steps.size(); i++) {
            Output out = console.out();
            out.newline();
            say(console, (i + 1) + ". " + steps.get(i).why);
            StyledText.Builder line = new StyledText.Builder();
            line.styled(Style.HEADING, "$ igdrom " + String.join(" ", steps.get(i).words))
                    .commandLine();
            out.styled(line.build().folded(console.terminal().columns()));
            code = code.worse(Commands.run(steps.get(i).words, console));
            if (own != null && code != ExitCode.OK) {
                say(console, "This step said no, so the demo ends here.");
                return code;
            }
        }
        console.out().newline();
        say(console, end(own == null));
        return code;
    }

    @SafeVarargs
    private static List<String> words(List<String>... parts) {
        List<String> words = new ArrayList<>();
        for (List<String> part : parts) {
            words.addAll(part);
        }
        return words;
    }

    private static boolean isQemuHere() throws IOException {
        Tools tools = Tools.find(Environment.ofMachine());
        return tools.qemu().isPresent() && tools.ovmf().isPresent();
    }

    private static String end(boolean made) throws IOException {
        String next =
                made
                        ? "The same with your board's firmware, which ends in a picture: igdrom"
                                + " demo "
                                + Options.DEVICE
                                + " N100 "
                                + Options.FIRMWARE
                                + " bios.bin. "
                        : "";
        String setup =
                isQemuHere()
                        ? ""
                        : "There is no QEMU here that can host the proof: igdrom test "
                                + Options.SETUP
                                + " fetches one. ";
        return setup + next + "On the host: sudo igdrom doctor.";
    }

    private static void say(Console console, String text) throws OutputException {
        StyledText.Builder paragraph = new StyledText.Builder();
        paragraph.paragraph(text);
        console.out().styled(paragraph.build().folded(console.terminal().columns()));
    }
}
