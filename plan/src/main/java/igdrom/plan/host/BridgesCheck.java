package igdrom.plan.host;

import igdrom.formats.pci.PciId;
import igdrom.host.PciFunction;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Pch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether the kernel finds the host bridge and the LPC bridge where it looks for them.
///
/// Source: Linux, drivers/vfio/pci/vfio_pci_igd.c, vfio_pci_igd_cfg_init(): it refuses the IGD when
/// 00:00.0 is no host bridge or 00:1f.0 no ISA bridge.
final class BridgesCheck {
    private static final int HOST_BRIDGE = 0x0600;
    private static final int ISA_BRIDGE = 0x0601;
    private static final int RAID = 0x0104;

    private BridgesCheck() {}

    static HostCheck of(Host host) {
        PciFunction bridge = host.facts().hostBridge();
        PciFunction lpc = host.facts().lpc();
        List<String> wrong = new ArrayList<>();
        wrong(bridge, HOST_BRIDGE, "0600 (host bridge)").ifPresent(wrong::add);
        wrong(lpc, ISA_BRIDGE, "0601 (ISA bridge)").ifPresent(wrong::add);
        if (!wrong.isEmpty() && !host.isFreeBsd()) {
            return HostCheck.failure(
                            CheckName.BRIDGES,
                            String.join(", ", wrong)
                                    + ": vfio-pci refuses the IGD (\"Failed to setup Intel IGD"
                                    + " regions\")",
                            bridge.classCode(),
                            lpc.classCode())
                    .with(
                            Fix.Do.of(
                                    "look in the firmware's setup for what moves or hides the"
                                            + " bridges, such as VMD, and report the machine to"
                                            + " igdrom"));
        }
        if (bridge.classCode().value().isEmpty() || lpc.classCode().value().isEmpty()) {
            return HostCheck.unknown(
                    CheckName.BRIDGES,
                    "the host bridge or the LPC bridge is not recorded",
                    bridge.classCode(),
                    lpc.classCode());
        }
        return HostCheck.ok(
                CheckName.BRIDGES,
                "host bridge %s, LPC bridge %s%s%s"
                        .formatted(id(bridge), id(lpc), pch(lpc), vmd(host)),
                bridge.classCode(),
                lpc.classCode());
    }

    private static String id(PciFunction function) {
        return function.id().value().map(PciId::toString).orElse("of unknown id");
    }

    private static String pch(PciFunction lpc) {
        return lpc.id()
                .value()
                .flatMap(Knowledge::pchOf)
                .map(Pch::name)
                .map(name -> " (" + name + ")")
                .orElse("");
    }

    private static Optional<String> wrong(PciFunction function, int expected, String name) {
        Optional<Integer> found = Host.displayClass(function);
        return found.isEmpty() || found.get() == expected
                ? Optional.empty()
                : Optional.of(
                        "%s has class %04x, not %s"
                                .formatted(
                                        Host.shortAddress(function.address()), found.get(), name));
    }

    /// VMD at 00:0e.0 is harmless where the bridges have their classes.
    private static String vmd(Host host) {
        return host.facts()
                .pci()
                .at("0000:00:0e.0")
                .filter(function ->
                        Host.displayClass(function).orElse(0) == RAID
                                || Host.driver(function).orElse("").equals("vmd"))
                .map(_ -> "; VMD is on and harmless")
                .orElse("");
    }
}
