package igdrom.cli;

import igdrom.bench.setup.Component;
import igdrom.bench.setup.Kernel;
import igdrom.bench.setup.Ovmf;
import igdrom.bench.setup.Qemu;
import igdrom.bench.setup.Refusal;
import igdrom.bench.setup.Setup;
import igdrom.bench.setup.Tools;
import igdrom.bytes.MalformedImageException;
import igdrom.fetch.ArchiveException;
import igdrom.fetch.Environment;
import igdrom.fetch.Fetched;
import igdrom.fetch.UntrustedException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.ParseResult;

/// `igdrom test --setup`.
final class SetupAction {
    private SetupAction() {}

    static Syntax addTo(Syntax syntax) {
        return syntax.flag(
                        "Instead of a test: look for QEMU "
                                + Tools.MIN_QEMU_VERSION
                                + " or newer and OVMF, and fetch from Debian's archive"
                                + " what is missing. With --linux a kernel too.",
                        "--setup")
                .value(
                        "DIR",
                        "Where that is kept (~/.local/share/igdrom). Nothing else is"
                                + " changed; to undo it, remove the folder.",
                        "--folder")
                .value(
                        "URL",
                        "With --setup: a mirror of Debian's archive, instead of the one"
                                + " that apt uses.",
                        "--mirror");
    }

    /// Where tools are looked for.
    static Environment surroundings(ParseResult options) {
        Environment machine = Environment.ofMachine();
        String folder = options.matchedOptionValue("--folder", "");
        return folder.isEmpty()
                ? machine
                : machine.withDirectory(Inputs.path(folder).toAbsolutePath());
    }

    static ExitCode run(ParseResult options, Console console) throws IOException {
        Environment machine = surroundings(options);
        String mirror = options.matchedOptionValue("--mirror", "");
        if (!mirror.isEmpty() && !mirror.startsWith("http://") && !mirror.startsWith("https://")) {
            throw new Failure(
                    ExitCode.USAGE, "--mirror is '" + mirror + "', not http://HOST/debian");
        }
        Tools before = Tools.find(machine);
        if (before.qemu().isEmpty() && before.named()) {
            throw new Failure(ExitCode.MACHINE, before.refused().getFirst().toString());
        }
        List<Component> missing =
                Setup.missing(
                        machine,
                        before,
                        options.hasMatchedOption("--linux"),
                        options.hasMatchedOption("--force"));
        Fetched fetched = fetch(machine, missing, mirror, console);
        Tools tools = missing.isEmpty() ? before : Tools.find(machine);
        if (options.hasMatchedOption("--json")) {
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
            progress.note("fetching " + words(parts) + " into " + machine.directory());
            return Setup.of(machine, progress).fetch(parts, mirror);
        } catch (OutputException e) {
            throw e;
        } catch (UntrustedException e) {
            throw new Failure(ExitCode.MALFORMED, "setup: " + e.getMessage(), e);
        } catch (ArchiveException e) {
            throw new Failure(ExitCode.MACHINE, "setup: " + e.getMessage() + remedy(e.remedy()), e);
        } catch (MalformedImageException e) {
            throw new Failure(ExitCode.MALFORMED, "setup: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.MACHINE,
                    "setup: " + Reasons.withFile(e, machine.directory().toString()),
                    e);
        } catch (NoClassDefFoundError e) {
            throw new Failure(
                    ExitCode.MACHINE,
                    "setup: the libraries in cli/target/lib are missing: ./igdrom finds them there,"
                            + " and builds them when cli/target/igdrom.jar is removed",
                    e);
        }
    }

    private static String remedy(ArchiveException.Remedy remedy) {
        return switch (remedy) {
            case NONE -> "";
            case NAME_MIRROR -> ": name one with --mirror URL, such as http://HOST/debian";
            case CHECK_NETWORK ->
                    " (check the network and the proxy, which http_proxy or apt's configuration"
                            + " names, or name another mirror with --mirror URL)";
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
            out.line("nothing to fetch (--force fetches what was fetched before anew)");
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
        json.text("folder", machine.directory().toString());
        json.object("fetched").number("bytes", fetched.bytes()).array("packages");
        for (String one : fetched.packages()) {
            json.text(one);
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
