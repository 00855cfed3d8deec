package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.Options;
import igdrom.host.Snapshot;
import igdrom.hypervisor.LibvirtEdit;
import igdrom.hypervisor.ProxmoxEdit;
import igdrom.hypervisor.ReadVm;
import igdrom.hypervisor.VmEdit;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.RomFacts;
import igdrom.plan.vm.VmPlan;
import igdrom.plan.vm.VmPlanner;
import igdrom.plan.vm.VmRequest;
import igdrom.plan.vm.VmResult;
import igdrom.report.ConfigReport;
import igdrom.report.EditReport;
import igdrom.report.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes an existing definition, and undoes that.
final class ConfigEdit {
    private static final String BACKUPS = "var/lib/igdrom";
    private static final String SNIPPETS = "var/lib/vz/snippets/igdrom-hook.sh";

    private final Arguments arguments;
    private final Path root;
    private final DefinitionFile definition;
    private final Hypervisor hypervisor;

    /// @param hypervisor whose definition it is
    ConfigEdit(Arguments arguments, Hypervisor hypervisor) {
        this.arguments = arguments;
        this.hypervisor = hypervisor;
        this.root = arguments.get(Options.CONFIG_ROOT).orElse(Path.of("/"));
        Path file = file();
        this.definition = new DefinitionFile(file, root.resolve(BACKUPS).resolve(backupName(file)));
    }

    private Path file() {
        if (arguments.has(Options.VMID) && hypervisor == Hypervisor.PROXMOX) {
            return root.resolve("etc/pve/qemu-server/" + arguments.require(Options.VMID) + ".conf");
        }
        return arguments
                .get(Options.VM)
                .filter(_ -> hypervisor == Hypervisor.LIBVIRT || hypervisor == Hypervisor.PROXMOX)
                .orElseThrow(() ->
                        new Failure(
                                ExitCode.USAGE,
                                "only definitions of libvirt ("
                                        + Options.VM
                                        + ") and Proxmox VE ("
                                        + Options.VMID
                                        + ") can be changed"));
    }

    /// A name for the backup that no other definition has.
    private static String backupName(Path file) {
        String path = file.toAbsolutePath().normalize().toString();
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        String hash = Image.of(bytes).sha256();
        return file.getFileName() + "-" + hash.substring(0, 12);
    }

    /// Whether the hypervisor allows this user and this guest a change now.
    private List<String> refusals(ReadVm vm) {
        List<String> refusals = new ArrayList<>();
        if (root.equals(Path.of("/"))
                && hypervisor == Hypervisor.PROXMOX
                && !"root".equals(System.getProperty("user.name"))) {
            refusals.add("only root@pam may set romfile and args");
        }
        for (String running : pidFiles(vm)) {
            if (Files.exists(root.resolve(running))) {
                refusals.add("the guest is running: shut it down first");
                break;
            }
        }
        return refusals;
    }

    private List<String> pidFiles(ReadVm vm) {
        String name = definition.file().getFileName().toString().replaceFirst("\\.[^.]*$", "");
        String pid = (vm.guestName().isEmpty() ? name : vm.guestName()) + ".pid";
        return hypervisor == Hypervisor.PROXMOX
                ? List.of(
                        "run/qemu-server/" + name + ".pid", "var/run/qemu-server/" + name + ".pid")
                : List.of("run/libvirt/qemu/" + pid, "var/run/libvirt/qemu/" + pid);
    }

    /// Writes what was planned into the definition.
    Report apply(VmRequest request, @Nullable Snapshot host, @Nullable RomFacts rom) {
        String file = definition.file().toString();
        String text = VmCheck.text(definition.file());
        ReadVm vm = VmCheck.read(definition.file(), text);
        if (vm.hypervisor() != hypervisor) {
            throw new Failure(
                    ExitCode.USAGE, file + " is a definition of " + vm.hypervisor().title());
        }
        VmRequest fitted =
                request.withMachine(
                                request.machine() == null ? vm.vm().machine() : request.machine())
                        .withFirmware(
                                request.firmware() == null
                                        ? vm.vm().firmware()
                                        : request.firmware(),
                                request.secureBoot() || vm.vm().secureBoot());
        VmResult result = VmPlanner.plan(fitted, host, rom);
        if (!(result instanceof VmPlan plan)) {
            return ConfigReport.of(result);
        }
        List<String> refusals = refusals(vm);
        String romFile = plan.igd().romFile();
        if (romFile != null && !Files.exists(root.resolve(romFile.substring(1)))) {
            refusals.add("there is no " + romFile + ": copy " + plan.romSource() + " there first");
        }
        VmEdit edit =
                hypervisor == Hypervisor.PROXMOX
                        ? ProxmoxEdit.of(file, text, plan, Files.exists(root.resolve(SNIPPETS)))
                        : LibvirtEdit.of(file, text, plan);
        refusals.addAll(edit.refusals());
        if (!refusals.isEmpty()) {
            return EditReport.refused(file, refusals, plan.messages());
        }
        if (edit.changes()) {
            definition.change(edit.before(), edit.after());
        }
        return EditReport.of(
                file,
                edit.before(),
                edit.after(),
                edit.changes() ? definition.backup().resolve("before").toString() : null,
                plan.messages());
    }

    /// Restores the definition from before the first change.
    Report rollback() {
        String file = definition.file().toString();
        String now = VmCheck.text(definition.file());
        List<String> refusals = new ArrayList<>(refusals(VmCheck.read(definition.file(), now)));
        definition.restoreProblem().ifPresent(refusals::add);
        if (!refusals.isEmpty()) {
            return EditReport.refused(file, refusals, List.of());
        }
        return EditReport.of(file, now, definition.restore(), null, List.of());
    }
}
