package igdrom.cli.commands;

import igdrom.bench.debian.ArchiveException;
import igdrom.bench.debian.UntrustedException;
import igdrom.bench.setup.Component;
import igdrom.bench.setup.Environment;
import igdrom.bench.setup.Kernel;
import igdrom.bench.setup.Ovmf;
import igdrom.bench.setup.Qemu;
import igdrom.bench.setup.Refusal;
import igdrom.bench.setup.Setup.Fetched;
import igdrom.bench.setup.Setup;
import igdrom.bench.setup.Tools;
import igdrom.bytes.MalformedImageException;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.FailureLadder;
import igdrom.cli.failure.IoReason;
import igdrom.cli.files.Inputs;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.Json;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import java.io.IOException;
import java.util.List;

/// `igdrom test --setup`.
final class SetupAction {
    private SetupAction() {}

    /// Where tools are looked for.
    static Environment environment(Arguments arguments) {
        Environment machine = Environment.ofMachine();
        return arguments
                .get(Options.DIRECTORY)
                .map(directory -> machine.keeping(directory.toAbsolutePath()))
                .orElse(machine);
    }

    static ExitCode run(Arguments arguments, Console console) throws IOException {
        Environment machine = environment(arguments);
        Tools before = Tools.find(machine);
        if (before.qemu().isEmpty() && before.named()) {
            throw new Failure(ExitCode.MACHINE, before.refused().getFirst().toString());
        }
        List<Component> missing =
                Setup.missing(
                        machine,
                        before,
                        arguments.has(Options.LINUX),
                        arguments.has(Options.TEST_FORCE));
        Fetched fetched = fetch(machine, missing, arguments.get(Options.MIRROR).orElse(""), console);
        Tools tools = missing.isEmpty() ? before : Tools.find(machine);
        if (arguments.has(Options.JSON)) {
            try (Json json = Json.document(console.out())) {
                write(json, machine, fetched, tools);
            }
        } else {
            print(console.out(), fetched, tools);
        }
        return ExitCode.OK;
    }

    private static Fetched fetch(
            Environment machine, List<Component> parts, String mirror, Console console)
            throws IOException {
        if (parts.isEmpty()) {
            return Fetched.NOTHING;
        }
        try (SetupProgress progress = new SetupProgress(console)) {
            progress.note("fetching " + words(parts) + " into " + machine.folder());
            return Setup.of(machine, progress).fetch(parts, mirror);
        } catch (OutputException e) {
            throw e;
        } catch (IOException | RuntimeException | NoClassDefFoundError e) {
            throw FailureLadder.of(e, "setup");
        }
    }

    private static String words(List<Component> parts) {
        StringBuilder words = new StringBuilder();
        for (Component part : parts) {
            words.append(words.isEmpty() ? "" : ", ")
                    .append(
                            switch (part) {
                                case QEMU -> "QEMU " + Tools.FIRST_VERSION + " or newer";
                                case OVMF -> "OVMF";
                                case LINUX -> "a Linux kernel";
                            });
        }
        return words.toString();
    }

    private static void print(Output out, Fetched fetched, Tools tools) throws OutputException {
        if (fetched.packages().isEmpty()) {
            out.line("nothing to fetch (" + Options.FORCE + " fetches everything again)");
        } else {
            out.line(
                    "fetched "
                            + fetched.packages().size()
                            + " packages, "
                            + Sizes.of(fetched.bytes())
                            + ", from "
                            + fetched.mirror());
        }
        for (Qemu qemu : tools.qemus()) {
            out.line("QEMU   " + qemu.version() + ", " + qemu.origin());
        }
        for (Ovmf ovmf : tools.ovmfs()) {
            out.line("OVMF   " + ovmf.origin());
        }
        for (Kernel kernel : tools.kernels()) {
            out.line("Linux  " + kernel.image());
        }
        for (Refusal refusal : tools.refused()) {
            out.line("unfit  " + refusal);
        }
    }

    private static void write(Json json, Environment machine, Fetched fetched, Tools tools)
            throws OutputException {
        json.text("folder", machine.folder().toString());
        json.object("fetched").number("bytes", fetched.bytes()).array("packages");
        for (String name : fetched.packages()) {
            json.text(name);
        }
        json.endArray().endObject();
        for (Qemu qemu : tools.qemus()) {
            json.object("qemu").text("version", qemu.version()).array("command");
            for (String word : qemu.command()) {
                json.text(word);
            }
            json.endArray().endObject();
        }
        json.array("ovmf");
        for (Ovmf ovmf : tools.ovmfs()) {
            json.object().text("code", ovmf.code().toString());
            json.text("vars", ovmf.vars().toString()).endObject();
        }
        json.endArray();
        for (Kernel kernel : tools.kernels()) {
            json.object("linux").text("image", kernel.image().toString());
            json.text("modules", kernel.modules().toString()).endObject();
        }
        json.array("refused");
        for (Refusal refusal : tools.refused()) {
            json.object().text("what", refusal.what()).text("why", refusal.why()).endObject();
        }
        json.endArray();
    }
}
