package igdrom.plan.host;

import igdrom.host.Fact;
import igdrom.host.Vfio;
import java.util.List;
import java.util.Optional;

/// How vfio-pci is set up.
final class VfioCheck {
    private static final String OPTION = "CONFIG_VFIO_PCI";
    private static final String DISABLE_VGA = "disable_vga=1";

    private VfioCheck() {}

    static HostCheck of(Host host) {
        Vfio vfio = host.facts().vfio();
        if (host.option(OPTION).equals(Optional.of("n"))) {
            return HostCheck.failure(
                            CheckName.VFIO,
                            "the kernel has no "
                                    + OPTION
                                    + ", without which no guest gets a device",
                            host.facts().kernel().options())
                    .with(Fix.Do.of("boot a kernel with " + OPTION));
        }
        Optional<String> line = disableVgaLine(vfio);
        if (isVgaDisabled(host)) {
            return HostCheck.warning(
                            CheckName.VFIO,
                            "disable_vga is set, as some guides and Proxmox's manual recommend: a"
                                + " VGA BIOS then gives no picture, and QEMU before 10.0 sets up"
                                + " neither OpRegion nor stolen memory",
                            line.isPresent() ? vfio.configured() : vfio.disableVga())
                    .with(
                            Fix.Do.of(
                                    "remove it from "
                                            + line.map(found -> "\"" + found + "\"")
                                                    .orElse(
                                                            "the kernel command line or"
                                                                    + " /etc/modprobe.d")
                                            + ", then make the initial RAM disk again and reboot",
                                    new KernelParameters(host)
                                            .rebuildInitramfs()
                                            .toArray(new String[0])));
        }
        Fact<Boolean> loaded = vfio.loaded();
        if (loaded.value().isEmpty() && vfio.disableVga().value().isEmpty()) {
            return HostCheck.unknown(CheckName.VFIO, Host.reason(loaded), loaded);
        }
        return HostCheck.ok(
                CheckName.VFIO,
                loaded.value().orElse(false)
                        ? "loaded, disable_vga is off"
                        : "not loaded yet: the hypervisor loads it",
                loaded,
                vfio.disableVga());
    }

    static boolean isVgaDisabled(Host host) {
        Vfio vfio = host.facts().vfio();
        return vfio.disableVga()
                .value()
                .orElseGet(() ->
                        disableVgaLine(vfio).isPresent()
                                || host.parameters().contains("vfio-pci." + DISABLE_VGA)
                                || host.parameters().contains("vfio_pci." + DISABLE_VGA));
    }

    private static Optional<String> disableVgaLine(Vfio vfio) {
        return vfio.configured().value().orElse(List.of()).stream()
                .filter(line -> line.contains(DISABLE_VGA))
                .findFirst();
    }
}
