package igdrom.plan.host;

import java.util.ArrayList;
import java.util.List;

/// Which popular remedies change nothing on this host.
final class NotNeededCheck {
    private static final String ACS_OVERRIDE = "pcie_acs_override";
    private static final List<String> FRAMEBUFFER =
            List.of(
                    "video=efifb:off",
                    "video=efifb:off,vesafb:off",
                    "video=vesafb:off",
                    "video=simplefb:off",
                    "video=simpledrm:off",
                    "initcall_blacklist=sysfb_init",
                    "nofb",
                    "nomodeset");

    private NotNeededCheck() {}

    static HostCheck of(Host host) {
        List<String> remedies = new ArrayList<>();
        List<String> set = new ArrayList<>();
        for (String parameter : host.parameters()) {
            if (parameter.startsWith(ACS_OVERRIDE)
                    || (evicts(host) && FRAMEBUFFER.contains(parameter))) {
                set.add(parameter);
            }
        }
        String parameters = String.join(" ", set);
        boolean overridden = parameters.contains(ACS_OVERRIDE);
        if (!overridden && isAlone(host)) {
            remedies.add("an ACS override (the IGD has its own IOMMU group)");
        }
        if (evicts(host) && set.stream().noneMatch(FRAMEBUFFER::contains)) {
            remedies.add(
                    "video=efifb:off or a blacklist of sysfb_init (vfio-pci removes the firmware's"
                            + " framebuffer itself)");
        }
        remedies.add("Secure Boot off in the guest (OVMF starts unsigned ROMs)");
        remedies.add("hiding the hypervisor (reports contradict each other)");
        String text = String.join(", ", remedies);
        if (set.isEmpty()) {
            return HostCheck.ok(CheckName.NOT_NEEDED, text, host.facts().kernel().release());
        }
        return HostCheck.warning(
                        CheckName.NOT_NEEDED,
                        parameters
                                + " on the kernel command line"
                                + (overridden
                                        ? ", of which an ACS override weakens the isolation of"
                                                + " guests"
                                        : "")
                                + "; "
                                + text,
                        host.facts().kernel().commandLine())
                .with(new KernelParameters(host).remove(parameters));
    }

    private static boolean isAlone(Host host) {
        return host.group(host.igd())
                .filter(group -> group.functions().equals(List.of(host.igd().address())))
                .isPresent();
    }

    private static boolean evicts(Host host) {
        return host.kernelHas("linux-evicts-framebuffer") && host.isClass0300();
    }
}
