package igdrom.plan.host;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.vbt.Vbt;
import igdrom.host.Fact;
import java.util.Optional;

/// Whether the host has an OpRegion with a VBT.
final class OpRegionCheck {
    private OpRegionCheck() {}

    static HostCheck of(Host host) {
        Fact<Image> region = host.facts().opRegion();
        if (region instanceof Fact.Known<Image>(Image image, String _)) {
            return read(host, image);
        }
        Optional<Long> asls = RegistersCheck.asls(host);
        if (asls.isPresent() && asls.get() == 0) {
            return HostCheck.warning(
                    CheckName.OPREGION,
                    "none: ASLS is 0, the firmware set none up",
                    host.igd().config());
        }
        HostCheck unknown =
                HostCheck.unknown(
                        CheckName.OPREGION,
                        asls.isPresent()
                                ? "at 0x%x, not readable: %s"
                                        .formatted(asls.get(), Host.reason(region))
                                : Host.reason(region),
                        region);
        return host.needsRoot(region)
                ? unknown.with(new Fix.Use(HostRemedy.READ_AS_ROOT))
                : unknown;
    }

    private static HostCheck read(Host host, Image image) {
        Fact<Image> fact = host.facts().opRegion();
        try {
            Diagnostics diagnostics = new Diagnostics();
            OpRegion region = OpRegion.read(image, Location.root("OpRegion"), diagnostics);
            Optional<Image> bytes = region.vbt().or(() -> host.facts().vbt().value());
            if (bytes.isEmpty()) {
                return HostCheck.warning(
                        CheckName.OPREGION,
                        "version %s, without a VBT: a GOP and the guest's driver guess the outputs"
                                .formatted(region.header().versionText()),
                        fact);
            }
            Vbt vbt = Vbt.read(bytes.get(), Location.root("VBT"), diagnostics);
            return HostCheck.ok(
                    CheckName.OPREGION,
                    "version %s with VBT %s"
                            .formatted(region.header().versionText(), vbt.header().platform()),
                    fact);
        } catch (MalformedImageException e) {
            return HostCheck.warning(CheckName.OPREGION, String.valueOf(e.getMessage()), fact);
        }
    }
}
