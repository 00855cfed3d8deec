package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.definition.Change;
import igdrom.cli.definition.Definition;
import igdrom.cli.definition.DefinitionFile;
import igdrom.cli.definition.LibvirtDomain;
import igdrom.cli.definition.NeededFile;
import igdrom.cli.definition.Virsh;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.IoReason;
import igdrom.cli.files.Inputs;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.Options;
import igdrom.host.Snapshot;
import igdrom.hypervisor.ConfigPart;
import igdrom.hypervisor.LibvirtEdit;
import igdrom.hypervisor.MalformedVmException;
import igdrom.hypervisor.ProxmoxEdit;
import igdrom.hypervisor.ReadVm;
import igdrom.hypervisor.VmEdit;
import igdrom.hypervisor.VmReader;
import igdrom.plan.PlanMessage;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.RomFacts;
import igdrom.plan.vm.VmPlan;
import igdrom.plan.vm.VmPlanner;
import igdrom.plan.vm.VmRequest;
import igdrom.plan.vm.VmResult;
import igdrom.report.ConfigReport;
import igdrom.report.EditReport;
import igdrom.report.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes an existing definition, and undoes that.
final class ConfigEdit {
    private static final String STATE = "var/lib/igdrom";
    private static final String STORAGES = "etc/pve/storage.cfg";
    private static final Path WHOLE = Path.of("/");

    private final Arguments arguments;
    private final Path root;
    private final Hypervisor hypervisor;
    private final Definition definition;
    private final Change change;

    /// @param hypervisor whose definition it is
    ConfigEdit(Arguments arguments, Hypervisor hypervisor) {
        this.arguments = arguments;
        this.hypervisor = hypervisor;
        this.root = arguments.get(Options.CONFIG_ROOT).orElse(WHOLE);
        if (root.equals(WHOLE) && !"root".equals(System.getProperty("user.name"))) {
            throw new Failure(
                    ExitCode.MACHINE,
                    hypervisor == Hypervisor.PROXMOX
                            ? "only root@pam may set romfile and args: run this as root"
                            : "run this as root: the ROM and the hook go to directories of root");
        }
        this.definition = definition();
        this.change = new Change(definition, inside(STATE));
    }

    private Definition definition() {
        if (arguments.has(Options.DOMAIN) && hypervisor == Hypervisor.LIBVIRT) {
            return new LibvirtDomain(virsh(), arguments.require(Options.DOMAIN));
        }
        Path file = file();
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        return new DefinitionFile(file, pidFiles(file, name), root.equals(WHOLE));
    }

    private Virsh virsh() {
        String uri = arguments.get(Options.CONNECT).orElse(Options.LIBVIRT);
        if (!uri.startsWith("qemu:///")) {
            throw new Failure(
                    ExitCode.USAGE, uri + " is not on this machine, where the ROM would be placed");
        }
        return new Virsh(uri);
    }

    private Path file() {
        if (arguments.has(Options.VMID) && hypervisor == Hypervisor.PROXMOX) {
            return inside("etc/pve/qemu-server/" + arguments.require(Options.VMID) + ".conf");
        }
        return arguments
                .get(Options.VM)
                .filter(_ -> hypervisor == Hypervisor.LIBVIRT || hypervisor == Hypervisor.PROXMOX)
                .orElseThrow(() ->
                        new Failure(
                                ExitCode.USAGE,
                                "only definitions of libvirt ("
                                        + Options.DOMAIN
                                        + " or "
                                        + Options.VM
                                        + ") and Proxmox VE ("
                                        + Options.VMID
                                        + ") can be changed"));
    }

    /// A file below the root. A link in a copied tree must not lead to the files of this machine.
    private Path inside(String file) {
        Path path = root.resolve(file);
        Path there = path.toAbsolutePath();
        while (!Files.exists(there)) {
            there = Objects.requireNonNull(there.getParent(), "the root directory exists");
        }
        try {
            if (!there.toRealPath().startsWith(root.toRealPath())) {
                throw new Failure(ExitCode.MACHINE, path + " leads out of " + root);
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, path + ": " + IoReason.of(e), e);
        }
        return path;
    }

    private List<Path> pidFiles(Path file, String name) {
        if (hypervisor == Hypervisor.PROXMOX) {
            return List.of(inside("run/qemu-server/" + name + ".pid"));
        }
        String guest = read(file.toString(), VmCheck.text(file)).guestName();
        return List.of(inside("run/libvirt/qemu/" + (guest.isEmpty() ? name : guest) + ".pid"));
    }

    private static ReadVm read(String name, String text) {
        try {
            return VmReader.read(name, text);
        } catch (MalformedVmException e) {
            throw new Failure(ExitCode.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    /// Writes what was planned into the definition, and places the ROM and the hook.
    Report apply(VmRequest request, @Nullable Snapshot host, @Nullable RomFacts rom) {
        String text = definition.text();
        ReadVm vm = read(definition.name(), text);
        if (vm.hypervisor() != hypervisor) {
            throw new Failure(
                    ExitCode.USAGE,
                    definition.name() + " is a definition of " + vm.hypervisor().title());
        }
        VmResult result = VmPlanner.plan(fitted(request, vm), host, rom);
        if (!(result instanceof VmPlan plan)) {
            return ConfigReport.of(result);
        }
        List<PlanMessage> messages = new ArrayList<>(plan.messages());
        Optional<ConfigPart> hook = hook(plan, vm, text, messages);
        List<NeededFile> needed = needed(plan, hook);
        VmEdit edit =
                hypervisor == Hypervisor.PROXMOX
                        ? ProxmoxEdit.of(
                                definition.name(), text, plan, hook.isPresent() ? vmid() : "")
                        : LibvirtEdit.of(definition.name(), text, plan);
        edit.notes().forEach(said -> messages.add(note(said)));
        List<String> refusals = new ArrayList<>(definition.busy().stream().toList());
        refusals.addAll(edit.refusals());
        if (!arguments.has(Options.FORCE)) {
            for (Path path : Change.taken(needed)) {
                refusals.add(
                        path
                                + " is another file ("
                                + Options.FORCE
                                + " replaces it, and "
                                + Options.ROLLBACK
                                + " brings it back)");
            }
        }
        if (!refusals.isEmpty()) {
            return EditReport.refused(definition.name(), refusals, plan.messages());
        }
        List<String> placed = new ArrayList<>();
        Change.missing(needed).forEach(path -> placed.add(path + " placed"));
        boolean done = change.isDone(text, edit.after(), needed);
        if (!done) {
            change.apply(text, edit.after(), needed);
        }
        return EditReport.of(
                definition.name(),
                text,
                edit.after(),
                placed,
                done ? null : change.before().toString(),
                messages);
    }

    /// What the guest has already stays, and libvirt knows its versions best.
    private VmRequest fitted(VmRequest request, ReadVm vm) {
        VmRequest fitted =
                request.withMachine(
                                request.machine() == null ? vm.vm().machine() : request.machine())
                        .withFirmware(
                                request.firmware() == null
                                        ? vm.vm().firmware()
                                        : request.firmware(),
                                request.secureBoot() || vm.vm().secureBoot());
        return definition instanceof LibvirtDomain domain
                ? fitted.withVersions(request.versions().or(domain.virsh().versions()))
                : fitted;
    }

    private String vmid() {
        return definition instanceof DefinitionFile file
                ? file.file().getFileName().toString().replaceFirst("\\.[^.]*$", "")
                : "";
    }

    private Optional<ConfigPart> hook(
            VmPlan plan, ReadVm vm, String text, List<PlanMessage> messages) {
        if (hypervisor == Hypervisor.LIBVIRT) {
            if (vm.guestName().isEmpty()) {
                return Optional.empty();
            }
            ConfigPart hook = LibvirtEdit.hook(plan, vm.guestName());
            if (!Files.exists(inside(String.valueOf(hook.path()).substring(1)))) {
                messages.add(note("libvirtd finds a new hook only when it is restarted"));
            }
            return Optional.of(hook);
        }
        Path storages = inside(STORAGES);
        Optional<ConfigPart> hook =
                ProxmoxEdit.hook(
                        definition.name(),
                        text,
                        plan,
                        vmid(),
                        Files.exists(storages) ? VmCheck.text(storages) : "");
        if (hook.isEmpty()) {
            messages.add(
                    note(
                            "no hook script is placed: the VM has one already, or the storage"
                                    + " \"local\" is not in /var/lib/vz"));
        }
        return hook;
    }

    private static PlanMessage note(String text) {
        return new PlanMessage(Severity.NOTE, text, List.of(), null);
    }

    private List<NeededFile> needed(VmPlan plan, Optional<ConfigPart> hook) {
        List<NeededFile> needed = new ArrayList<>();
        String romFile = plan.igd().romFile();
        if (romFile != null) {
            Image rom = Inputs.load(arguments.require(Options.ROM));
            needed.add(new NeededFile(inside(romFile.substring(1)), rom, false));
        }
        hook.ifPresent(part -> {
            Image script = Image.of(part.text().getBytes(StandardCharsets.UTF_8));
            String path = String.valueOf(part.path());
            needed.add(new NeededFile(inside(path.substring(1)), script, true));
        });
        return needed;
    }

    /// Restores the definition from before the first change.
    Report rollback() {
        String now = definition.text();
        List<String> refusals = new ArrayList<>(definition.busy().stream().toList());
        change.problem(now).ifPresent(refusals::add);
        if (!refusals.isEmpty()) {
            return EditReport.refused(definition.name(), refusals, List.of());
        }
        String old = change.old();
        List<String> files = change.rollback(now);
        return EditReport.of(definition.name(), now, old, files, null, List.of());
    }
}
