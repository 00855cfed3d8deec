package igdrom.cli.commands;

import igdrom.bench.setup.Component;
import igdrom.bench.setup.Kernel;
import igdrom.bench.setup.Ovmf;
import igdrom.bench.setup.Qemu;
import igdrom.bench.setup.Refusal;
import igdrom.bench.setup.Setup;
import igdrom.bench.setup.Tools;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.FailureLadder;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.fetch.ArchiveException;
import igdrom.fetch.Environment;
import igdrom.fetch.Fetched;
import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import igdrom.report.text.ByteSize;
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
                .map(directory -> machine.withDirectory(directory.toAbsolutePath()))
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
        Fetched fetched =
                fetch(machine, missing, arguments.get(Options.MIRROR).orElse(""), console);
        Tools tools = missing.isEmpty() ? before : Tools.find(machine);
        if (arguments.has(Options.JSON)) {
            ReportPrinter.of(arguments, console).printDocument(json(machine, fetched, tools));
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
            progress.note("fetching " + words(parts) + " into " + machine.directory());
            return Setup.of(machine, progress).fetch(parts, mirror);
        } catch (OutputException e) {
            throw e;
        } catch (ArchiveException e) {
            Failure failure = FailureLadder.of(e, "setup");
            throw new Failure(failure.code(), failure.getMessage() + remedy(e.remedy()), e);
        } catch (IOException | RuntimeException | NoClassDefFoundError e) {
            throw FailureLadder.of(e, "setup");
        }
    }

    private static String remedy(ArchiveException.Remedy remedy) {
        return switch (remedy) {
            case NONE -> "";
            case NAME_MIRROR ->
                    ": name one with " + Options.MIRROR + " URL, such as http://HOST/debian";
            case CHECK_NETWORK ->
                    " (check the network and the proxy, which http_proxy or apt's configuration"
                            + " names, or name another mirror with "
                            + Options.MIRROR
                            + " URL)";
            case TRUST_CERTIFICATE ->
                    " (to trust other certificates:"
                            + " IGDROM_JAVA_OPTIONS=-Djavax.net.ssl.trustStore=FILE)";
        };
    }

    private static String words(List<Component> parts) {
        StringBuilder words = new StringBuilder();
        for (Component part : parts) {
            words.append(words.isEmpty() ? "" : ", ")
                    .append(
                            switch (part) {
                                case QEMU -> "QEMU " + Tools.MIN_QEMU_VERSION + " or newer";
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
                            + ByteSize.of(fetched.bytes())
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
            out.line("unusable: " + refusal);
        }
    }

    private static JsonObject json(Environment machine, Fetched fetched, Tools tools) {
        return JsonObject.builder()
                .put("folder", machine.directory().toString())
                .put(
                        "fetched",
                        JsonObject.builder()
                                .put("bytes", fetched.bytes())
                                .put("packages", JsonArray.ofStrings(fetched.packages()))
                                .build())
                .put("qemus", JsonArray.of(tools.qemus(), SetupAction::json))
                .put("ovmfs", JsonArray.of(tools.ovmfs(), SetupAction::json))
                .put("kernels", JsonArray.of(tools.kernels(), SetupAction::json))
                .put("refused", JsonArray.of(tools.refused(), SetupAction::json))
                .build();
    }

    private static JsonObject json(Qemu qemu) {
        return JsonObject.builder()
                .put("version", qemu.version().toString())
                .put("command", JsonArray.ofStrings(qemu.command()))
                .build();
    }

    private static JsonObject json(Ovmf ovmf) {
        return JsonObject.builder()
                .put("code", ovmf.code().toString())
                .put("vars", ovmf.vars().toString())
                .build();
    }

    private static JsonObject json(Kernel kernel) {
        return JsonObject.builder()
                .put("image", kernel.image().toString())
                .put("modules", kernel.modules().toString())
                .build();
    }

    private static JsonObject json(Refusal refusal) {
        return JsonObject.builder().put("what", refusal.what()).put("why", refusal.why()).build();
    }
}
