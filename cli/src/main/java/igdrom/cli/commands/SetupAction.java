package igdrom.cli.commands;

import igdrom.bench.setup.Component;
import igdrom.bench.setup.Setup;
import igdrom.bench.setup.Tools;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.FailureLadder;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.OutputException;
import igdrom.fetch.ArchiveException;
import igdrom.fetch.Environment;
import igdrom.fetch.Fetched;
import igdrom.report.SetupReport;
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
                        arguments.has(Options.HOST_STACK),
                        arguments.has(Options.MORE_FIRMWARE),
                        arguments.has(Options.TEST_FORCE));
        Fetched fetched =
                fetch(machine, missing, arguments.get(Options.MIRROR).orElse(""), console);
        Tools tools = missing.isEmpty() ? before : Tools.find(machine);
        return ReportPrinter.of(arguments, console).print(report(machine, fetched, tools));
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
                                case FIRMWARE -> "newer builds of OVMF";
                            });
        }
        return words.toString();
    }

    private static SetupReport report(Environment machine, Fetched fetched, Tools tools) {
        return new SetupReport(
                machine.directory().toString(),
                fetched.packages().isEmpty()
                        ? null
                        : new SetupReport.Fetched(
                                fetched.packages(), fetched.bytes(), fetched.mirror()),
                tools.qemus().stream()
                        .map(qemu ->
                                new SetupReport.Qemu(
                                        qemu.version().toString(), qemu.origin(), qemu.command()))
                        .toList(),
                tools.ovmfs().stream()
                        .map(ovmf ->
                                new SetupReport.Ovmf(
                                        ovmf.origin(),
                                        ovmf.code().toString(),
                                        ovmf.vars().toString()))
                        .toList(),
                tools.kernels().stream()
                        .map(kernel ->
                                new SetupReport.Kernel(
                                        kernel.image().toString(), kernel.modules().toString()))
                        .toList(),
                tools.refused().stream()
                        .map(refusal -> new SetupReport.Refused(refusal.what(), refusal.why()))
                        .toList());
    }
}
