package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.files.Inputs;
import igdrom.cli.json.JacksonFormat;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.DeviceId;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.host.linux.HostReader;
import igdrom.host.linux.HostRoot;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.ProgramVersion;
import igdrom.plan.vm.RomFacts;
import igdrom.plan.vm.Versions;
import igdrom.plan.vm.VmPlanner;
import igdrom.plan.vm.VmRequest;
import igdrom.report.ConfigReport;
import igdrom.rom.RomPurpose;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// `igdrom config`.
final class ConfigCommand implements Command {
    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.CONFIG.summary())
                .options(
                        Options.FOR,
                        Options.HYPERVISOR_VERSION,
                        Options.LIBVIRT_VERSION,
                        Options.ROM,
                        Options.CONFIG_DEVICE,
                        Options.CONFIG_MACHINE,
                        Options.GUEST_FIRMWARE,
                        Options.SECURE_BOOT,
                        Options.GUEST,
                        Options.CONFIG_MEMORY,
                        Options.AUDIO,
                        Options.SNAPSHOT,
                        Options.CONFIG_FROM,
                        Options.CONFIG_ROOT,
                        Options.APPLY,
                        Options.ROLLBACK,
                        Options.CONFIG_VMID,
                        Options.CONFIG_VM,
                        Options.DOMAIN,
                        Options.CONNECT,
                        Options.FORCE,
                        Options.JSON)
                .exclusive(Options.SNAPSHOT, Options.CONFIG_FROM, Options.CONFIG_ROOT)
                .exclusive(Options.APPLY, Options.ROLLBACK)
                .exclusive(Options.CONFIG_VMID, Options.CONFIG_VM, Options.DOMAIN)
                .examples(
                        "igdrom config --for proxmox --rom igd.rom",
                        "sudo igdrom config --for proxmox --rom igd.rom --apply --vmid 100",
                        "sudo igdrom config --for libvirt --rom igd.rom --apply --domain guest",
                        "igdrom config --for bhyve --rom bhyve.rom --from freebsd.txt",
                        "igdrom config --for qemu --version 10.0.2 --rom igd.rom --snapshot"
                                + " host.json");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        Hypervisor hypervisor = arguments.require(Options.FOR);
        ProgramVersion version = arguments.get(Options.HYPERVISOR_VERSION).orElse(null);
        boolean proxmox = hypervisor == Hypervisor.PROXMOX;
        VmRequest request =
                VmRequest.of(hypervisor)
                        .withVersions(
                                new Versions(
                                        proxmox ? null : version,
                                        arguments.get(Options.LIBVIRT_VERSION).orElse(null),
                                        proxmox ? version : null))
                        .withDevice(
                                arguments.get(Options.CONFIG_DEVICE).map(DeviceId::id).orElse(null))
                        .withMachine(arguments.get(Options.CONFIG_MACHINE).orElse(null))
                        .withFirmware(
                                arguments.get(Options.GUEST_FIRMWARE).orElse(null),
                                arguments.has(Options.SECURE_BOOT))
                        .withGuest(arguments.get(Options.GUEST).orElse(null))
                        .withMemory(
                                arguments
                                        .get(Options.CONFIG_MEMORY)
                                        .orElse(VmRequest.DEFAULT_MEMORY_MIB))
                        .withRomFile(arguments.get(Options.ROM).map(Path::toString).orElse(null))
                        .withAudio(arguments.has(Options.AUDIO));
        ReportPrinter printer = ReportPrinter.of(arguments, console);
        if (arguments.has(Options.ROLLBACK)) {
            return printer.print(new ConfigEdit(arguments, hypervisor).rollback());
        }
        if (arguments.has(Options.APPLY)) {
            ConfigEdit edit = new ConfigEdit(arguments, hypervisor);
            return printer.print(edit.apply(request, host(arguments), rom(arguments)));
        }
        return printer.print(
                ConfigReport.of(VmPlanner.plan(request, host(arguments), rom(arguments))));
    }

    /// The facts in the snapshot or in pasted texts, else those of this machine where it has an
    /// IGD.
    static @Nullable Snapshot host(Arguments arguments) throws IOException {
        Path file = arguments.get(Options.SNAPSHOT).orElse(null);
        if (file != null) {
            return SnapshotJson.read(Inputs.load(file), file.toString(), new JacksonFormat());
        }
        Path from = arguments.get(Options.CONFIG_FROM).orElse(null);
        if (from != null) {
            return DoctorCommand.pasted(from);
        }
        Path root = arguments.get(Options.CONFIG_ROOT).orElse(Path.of("/"));
        Snapshot snapshot = new HostReader(HostRoot.of(root)).read(Version.text());
        return snapshot.igd().id().value().isPresent() ? snapshot : null;
    }

    /// What the ROM is for, null when none was named.
    static @Nullable RomFacts rom(Arguments arguments) {
        Path file = arguments.get(Options.ROM).orElse(null);
        if (file == null) {
            return null;
        }
        Image rom = Inputs.load(file);
        return RomPurpose.read(rom, file.toString());
    }
}
