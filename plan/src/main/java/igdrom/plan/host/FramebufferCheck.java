package igdrom.plan.host;

import igdrom.host.Fact;
import igdrom.host.FramebufferHolder;
import igdrom.knowledge.Knowledge;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What holds memory of the IGD. A driver of the firmware's framebuffer keeps vfio-pci out.
final class FramebufferCheck {
    private static final String EVICTS = "linux-evicts-framebuffer";
    private static final Set<String> EFIFB = Set.of("efifb", "EFI VGA", "efi-framebuffer");

    private FramebufferCheck() {}

    static HostCheck of(Host host) {
        Fact<List<FramebufferHolder>> fact = host.facts().graphics().holders();
        if (fact instanceof Fact.Unknown<List<FramebufferHolder>> unknown) {
            HostCheck check = HostCheck.unknown(CheckName.FRAMEBUFFER, unknown.message(), fact);
            return host.needsRoot(fact) ? check.with(new Fix.Use(HostRemedy.READ_AS_ROOT)) : check;
        }
        List<FramebufferHolder> holders = fact.value().orElse(List.of());
        if (holders.isEmpty()) {
            return HostCheck.ok(
                    CheckName.FRAMEBUFFER, "no framebuffer of the firmware holds its memory", fact);
        }
        String name = holders.getFirst().name();
        boolean bound = Host.driver(host.igd()).equals(Optional.of("vfio-pci"));
        boolean evicted = host.isClass0300() && !host.kernelLacks(EVICTS);
        if (evicted && !bound) {
            return host.kernel().isEmpty()
                    ? HostCheck.unknown(
                            CheckName.FRAMEBUFFER,
                            name
                                    + " holds its memory; vfio-pci removes it when it binds if the"
                                    + " kernel is Linux 6.0 or newer",
                            fact,
                            host.facts().kernel().release())
                    : HostCheck.ok(
                            CheckName.FRAMEBUFFER,
                            name + " holds its memory until vfio-pci binds, which removes it",
                            fact);
        }
        String why =
                bound
                        ? " still holds its memory although vfio-pci has the IGD"
                        : host.isClass0300()
                                ? " holds its memory: only from Linux "
                                        + Knowledge.change(EVICTS).release()
                                        + " on, "
                                        + Knowledge.change(EVICTS).what()
                                : " holds its memory, and vfio-pci removes it from VGA controllers"
                                        + " only";
        return HostCheck.failure(CheckName.FRAMEBUFFER, name + why, fact)
                .with(
                        new KernelParameters(host)
                                .add(
                                        EFIFB.contains(name)
                                                ? "video=efifb:off"
                                                : "initcall_blacklist=sysfb_init"));
    }
}
