package igdrom.plan.host;

import igdrom.bytes.Image;
import igdrom.formats.opregion.OpRegion;
import igdrom.host.Fact;
import igdrom.knowledge.Change;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.plan.GuestMachine;
import igdrom.plan.vm.GpuKind;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.OptionRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether the hypervisor emulates ASLS and BDSM of the IGD, or leaves them to the hardware.
final class RegistersCheck {

    private static final long ALL_ONES = 0xffff_ffffL;
    private static final String VFIO_IGD = "CONFIG_VFIO_PCI_IGD";
    private static final String ADVICE = "; the ROM notices it, and its driver leaves them alone";

    private final Host host;

    private RegistersCheck(Host host) {
        this.host = host;
    }

    static HostCheck of(Host host) {
        return new RegistersCheck(host).check();
    }

    private HostCheck check() {
        if (host.id().isEmpty()) {
            return HostCheck.unknown(
                    CheckName.REGISTERS, "the id of the IGD is not known", host.igd().id());
        }
        if (host.isFreeBsd()) {
            return isKnown()
                    ? HostCheck.ok(
                            CheckName.REGISTERS,
                            "bhyve sets up OpRegion and stolen memory itself",
                            host.igd().id())
                    : HostCheck.failure(
                            CheckName.REGISTERS,
                            "bhyve refuses graphics that its table of ids does not have: Raptor"
                                    + " Lake is the newest in it",
                            host.igd().id());
        }
        return kernel().or(this::hypervisor).orElseGet(this::known);
    }

    private Optional<HostCheck> kernel() {
        Fact<String> release = host.facts().kernel().release();
        if (host.option(VFIO_IGD).equals(Optional.of("n"))) {
            return not(
                    "the kernel has no " + VFIO_IGD,
                    Fix.Do.of("boot a kernel with " + VFIO_IGD + "=y"),
                    host.facts().kernel().options());
        }
        if (host.kernelLacks("linux-igd-regions")) {
            return not(older("linux-igd-regions"), newer("linux-igd-regions"), release);
        }
        if (host.isClass0380() && host.kernelLacks("linux-igd-0380")) {
            return not(
                    older("linux-igd-0380"),
                    newer("linux-igd-0380"),
                    release,
                    host.igd().classCode());
        }
        Optional<Long> asls = asls(host);
        if (asls.isPresent() && (asls.get() == 0 || asls.get() == ALL_ONES)) {
            return not(
                    "the host's firmware set up no OpRegion (ASLS is 0x%x)".formatted(asls.get()),
                    FirmwareSetting.PRIMARY_DISPLAY.fix(),
                    host.igd().config());
        }
        return Optional.empty();
    }

    private Optional<HostCheck> hypervisor() {
        Optional<OptionRule> rule = host.rule(GuestMachine.Q35, GuestFirmware.UEFI);
        if (rule.isPresent() && !rule.get().works()) {
            return not(rule.get().text(), null, host.facts().hypervisors().qemu());
        }
        Platform platform = host.platform().orElse(null);
        return platform != null && platform.stolenInGuest() && !isKnown()
                ? not(
                        "QEMU knows no "
                                + platform.family()
                                + ", and leaves its BDSM to the"
                                + " hardware",
                        null,
                        host.igd().id())
                : Optional.empty();
    }

    /// Whether QEMU and bhyve have the id in their tables: no released one has those of Meteor Lake
    /// and later.
    private boolean isKnown() {
        return host.id().map(GpuKind::generationOf).isPresent();
    }

    private HostCheck known() {
        if (host.isClass0380() && host.kernel().isEmpty()) {
            return HostCheck.unknown(
                    CheckName.REGISTERS,
                    "class 0380 needs Linux 6.15, and the kernel is not recorded",
                    host.facts().kernel().release());
        }
        if (host.option(VFIO_IGD).equals(Optional.of("y"))) {
            return HostCheck.ok(
                    CheckName.REGISTERS,
                    "the kernel offers the OpRegion (" + VFIO_IGD + "), so QEMU emulates them",
                    host.facts().kernel().options());
        }
        return HostCheck.unknown(
                CheckName.REGISTERS,
                "whether the kernel has " + VFIO_IGD + " is not recorded",
                host.facts().kernel().options());
    }

    private Optional<HostCheck> not(String why, @Nullable Fix fix, Fact<?>... facts) {
        HostCheck check =
                HostCheck.warning(
                        CheckName.REGISTERS,
                        "a guest would reach the hardware's own: " + why + ADVICE,
                        facts);
        return Optional.of(fix == null ? check : check.with(List.of(fix)));
    }

    private static String older(String id) {
        Change change = Knowledge.change(id);
        return "only from Linux " + change.release() + " on, " + change.what();
    }

    private static Fix newer(String id) {
        return Fix.Do.of("boot Linux " + Knowledge.change(id).release() + " or newer");
    }

    /// The address of the OpRegion, where config space was read that far.
    static Optional<Long> asls(Host host) {
        Image config = host.igd().config().value().orElse(Image.EMPTY);
        return config.size() >= OpRegion.ASLS + 4
                ? Optional.of(config.u32(OpRegion.ASLS))
                : Optional.empty();
    }
}
