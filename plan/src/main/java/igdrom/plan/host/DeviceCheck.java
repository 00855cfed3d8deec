package igdrom.plan.host;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.host.PciFunction;
import igdrom.knowledge.Device;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import java.util.List;
import java.util.Optional;

/// Which Intel graphics the host has.
final class DeviceCheck {
    /// Spec: Intel processor datasheets, "Device Enable (DEVEN)": bit 4 enables device 2, the IGD.
    private static final int DEVEN = 0x54;

    private static final int IGD_ENABLED = 1 << 4;

    private DeviceCheck() {}

    static HostCheck of(Host host) {
        PciId id = host.id().orElse(null);
        if (id == null) {
            return host.hasIgd() ? withoutId(host) : missing(host);
        }
        Optional<String> older = Knowledge.olderGraphics(id);
        if (older.isPresent()) {
            return HostCheck.failure(
                    CheckName.DEVICE,
                    "%s is %s, older than Sandy Bridge: Intel made no UEFI GOP for it, and no"
                                    .formatted(id, older.get())
                            + " hypervisor knows how to hand it over",
                    host.igd().id());
        }
        Platform platform = host.platform().orElse(null);
        String where = " at " + Host.shortAddress(host.igd().address());
        if (platform == null) {
            return HostCheck.warning(
                    CheckName.DEVICE,
                    id
                            + where
                            + " is not in igdrom's table: it is judged as one without registers"
                            + " for stolen memory",
                    host.igd().id());
        }
        return HostCheck.ok(
                CheckName.DEVICE,
                name(id, platform) + where,
                host.igd().id(),
                host.igd().classCode());
    }

    /// A device for a person: `8086:3e98, Coffee Lake, UHD Graphics 630`.
    static String name(PciId id, Platform platform) {
        String marketing = Knowledge.device(id).map(Device::marketing).orElse(null);
        return id + ", " + platform.family() + (marketing == null ? "" : ", " + marketing);
    }

    private static HostCheck withoutId(Host host) {
        return HostCheck.unknown(
                        CheckName.DEVICE,
                        "graphics are at %s, but not their id: lspci -nn shows it"
                                .formatted(Host.shortAddress(host.igd().address())),
                        host.igd().id(),
                        host.igd().classCode())
                .with(new Fix.Use(HostRemedy.GIVE_MORE_FACTS));
    }

    private static HostCheck missing(Host host) {
        PciFunction bridge = host.facts().hostBridge();
        Image config = bridge.config().value().orElse(Image.EMPTY);
        Optional<PciId> bridgeId = bridge.id().value();
        boolean intel = bridgeId.map(PciId::vendor).orElse(PciId.INTEL) == PciId.INTEL;
        if (bridgeId.isPresent() && !intel) {
            return HostCheck.failure(
                    CheckName.DEVICE,
                    "no Intel graphics: the host bridge is " + bridgeId.get() + ", not Intel's",
                    host.igd().id(),
                    bridge.id());
        }
        boolean listed = host.facts().pci().others().value().isPresent() || bridgeId.isPresent();
        if (!listed) {
            return HostCheck.unknown(
                            CheckName.DEVICE, "the PCI devices are not recorded", host.igd().id())
                    .with(new Fix.Use(HostRemedy.GIVE_MORE_FACTS));
        }
        if (config.size() >= DEVEN + 4 && (config.u32(DEVEN) & IGD_ENABLED) == 0) {
            return HostCheck.failure(
                            CheckName.DEVICE,
                            "no Intel graphics: the firmware has switched them off (bit 4 of"
                                    + " DEVEN, 0x54 of the host bridge, is 0)"
                                    + others(host),
                            bridge.config())
                    .with(switchOn());
        }
        return HostCheck.failure(
                        CheckName.DEVICE,
                        "no Intel graphics: either the firmware has switched them off, or the"
                                + " processor has none (a name that ends in F)"
                                + others(host),
                        host.igd().id())
                .with(switchOn());
    }

    private static Fix switchOn() {
        return FirmwareSetting.INTERNAL_GRAPHICS.fix();
    }

    private static String others(Host host) {
        List<PciFunction> displays = host.otherDisplays();
        return displays.isEmpty()
                ? ""
                : "; the display is "
                        + String.join(", ", displays.stream().map(Host::named).toList());
    }
}
