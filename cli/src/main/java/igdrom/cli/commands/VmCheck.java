package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.files.Inputs;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.Options;
import igdrom.host.Snapshot;
import igdrom.hypervisor.MalformedVmException;
import igdrom.hypervisor.ReadVm;
import igdrom.hypervisor.VmReader;
import igdrom.plan.vm.IgdDevice;
import igdrom.plan.vm.RomFacts;
import igdrom.report.HostSource;
import igdrom.report.HostSource.Kind;
import igdrom.report.VmReport;
import igdrom.rom.RomPurpose;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks an existing definition of a virtual machine.
final class VmCheck {
    private VmCheck() {}

    /// The definition that the user named, empty for none.
    static Optional<Path> file(Arguments arguments) {
        return arguments
                .get(Options.VM)
                .or(() -> arguments.get(Options.VMID).map(vmid -> proxmox(arguments, vmid)));
    }

    /// The file of a VM of Proxmox VE.
    static Path proxmox(Arguments arguments, int vmid) {
        return root(arguments).resolve("etc/pve/qemu-server/" + vmid + ".conf");
    }

    private static Path root(Arguments arguments) {
        return arguments.get(Options.ROOT).orElse(Path.of("/"));
    }

    /// The report about a definition.
    ///
    /// @param host the facts about the host
    /// @param source where they are from
    static VmReport report(Path file, Arguments arguments, Snapshot host, HostSource source) {
        String text = text(file);
        ReadVm vm = read(file, text);
        IgdDevice igd = vm.vm().igd();
        Path rom = arguments.get(Options.DOCTOR_ROM).orElse(null);
        boolean missing = false;
        if (rom == null && source.kind() == Kind.MACHINE && igd != null && igd.romFile() != null) {
            Path named = root(arguments).resolve(relative(igd.romFile()));
            missing = igd.romFile().startsWith("/") && !Files.exists(named);
            rom = Files.isRegularFile(named) && igd.romFile().startsWith("/") ? named : null;
        }
        RomFacts facts = rom == null ? null : romFacts(rom);
        // Without an IGD a host is known too, when its devices could be listed.
        boolean known =
                host.igd().id().value().isPresent() || host.pci().others().value().isPresent();
        return VmReport.of(vm, text, known ? host : null, source, facts, missing);
    }

    private static String relative(String file) {
        return file.startsWith("/") ? file.substring(1) : file;
    }

    private static @Nullable RomFacts romFacts(Path rom) {
        Image image = Inputs.load(rom);
        return RomPurpose.read(image, rom.toString());
    }

    /// The text of a definition, each byte a character.
    static String text(Path file) {
        return new String(Inputs.load(file).toByteArray(), StandardCharsets.ISO_8859_1);
    }

    /// The definition in a text.
    ///
    /// @throws Failure when it cannot be read
    static ReadVm read(Path file, String text) {
        try {
            return VmReader.read(file.toString(), text);
        } catch (MalformedVmException e) {
            throw new Failure(ExitCode.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }
}
