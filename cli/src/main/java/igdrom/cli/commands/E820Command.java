package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.IoReason;
import igdrom.cli.files.Inputs;
import igdrom.cli.files.NewFile;
import igdrom.cli.files.NewFiles;
import igdrom.cli.files.OverwritePolicy;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.DeviceId;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.plan.GuestMachine;
import igdrom.plan.vm.GuestLayout;
import igdrom.plan.vm.GuestLayout.FwCfgFile;
import igdrom.plan.vm.LayoutPlanner;
import igdrom.plan.vm.LayoutRequest;
import igdrom.plan.vm.LayoutResult;
import igdrom.plan.vm.VmRequest;
import igdrom.report.LayoutReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `igdrom e820`.
final class E820Command implements Command {
    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.E820.summary())
                .options(
                        Options.LAYOUT_MACHINE,
                        Options.CONFIG_MEMORY,
                        Options.CONFIG_DEVICE,
                        Options.LAYOUT_STOLEN_BASE,
                        Options.LAYOUT_STOLEN_SIZE,
                        Options.LAYOUT_OPREGION,
                        Options.SNAPSHOT,
                        Options.CONFIG_ROOT,
                        Options.LAYOUT_DIRECTORY,
                        Options.FORCE,
                        Options.JSON)
                .exclusive(Options.SNAPSHOT, Options.CONFIG_ROOT)
                .examples("igdrom e820 --machine pc --memory 8192 --snapshot host.json -o files");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        Path region = arguments.get(Options.LAYOUT_OPREGION).orElse(null);
        LayoutRequest request =
                new LayoutRequest(
                        arguments.get(Options.CONFIG_DEVICE).map(DeviceId::id).orElse(null),
                        arguments.get(Options.LAYOUT_MACHINE).orElse(GuestMachine.PC),
                        arguments.get(Options.CONFIG_MEMORY).orElse(VmRequest.DEFAULT_MEMORY_MIB),
                        arguments.get(Options.LAYOUT_STOLEN_BASE).orElse(null),
                        arguments.get(Options.LAYOUT_STOLEN_SIZE).orElse(null),
                        region == null ? null : Inputs.load(region));
        LayoutResult result = LayoutPlanner.plan(request, ConfigCommand.host(arguments));
        List<String> written = new ArrayList<>();
        Path directory = arguments.get(Options.LAYOUT_DIRECTORY).orElse(null);
        if (directory != null && result instanceof GuestLayout layout) {
            written.addAll(write(layout, directory, OverwritePolicy.of(arguments)));
        }
        return ReportPrinter.of(arguments, console).print(new LayoutReport(result, written));
    }

    /// Writes the files that the guest's firmware reads, and returns their names.
    private static List<String> write(GuestLayout layout, Path directory, OverwritePolicy policy) {
        List<String> written = new ArrayList<>();
        try (NewFiles files = new NewFiles()) {
            Files.createDirectories(directory);
            add(files, directory.resolve("e820"), policy, layout.map().image(), written);
            for (FwCfgFile file : layout.files()) {
                Path path = directory.resolve(file.name().substring(file.name().indexOf('/') + 1));
                add(files, path, policy, file.content(), written);
            }
            files.finish();
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, directory + ": " + IoReason.of(e), e);
        }
        return written;
    }

    private static void add(
            NewFiles files,
            Path path,
            OverwritePolicy policy,
            Image content,
            List<String> written) {
        files.add(new NewFile(path, policy).checked(), content);
        written.add(path.toString());
    }
}
