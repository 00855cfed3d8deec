package igdrom.host;

import igdrom.bytes.Image;
import igdrom.formats.vbt.PanelSerials;

/// Reads the facts of a machine.
///
/// @param root `/`, or a directory with a copy of the files
public record HostReader(HostRoot root) {
    /// Reads every fact. One that cannot be read is [Fact.Unknown], with the reason.
    ///
    /// @param measuredBy the program that reads, and its version
    public Snapshot read(String measuredBy) {
        PciDevices devices = new PciDevices(root);
        DisplayDebugFiles debugFiles = new DisplayDebugFiles(root);
        PciFunction igd = devices.igd();
        Snapshot none = Snapshot.unknown(measuredBy, "the snapshot", "not recorded");
        return new Snapshot(
                measuredBy,
                new PciFunctions(
                        igd,
                        devices.function(PciFunctions.HOST_BRIDGE),
                        devices.function(PciFunctions.LPC_BRIDGE),
                        none.pci().others()),
                new Graphics(
                        withoutSerials(opRegion(debugFiles, igd.config())),
                        withoutSerials(debugFiles.vbt()),
                        new Iomem(root).stolenMemory(),
                        none.graphics().holders(),
                        none.graphics().connectors(),
                        none.graphics().rom()),
                none.iommu(),
                none.firmware(),
                none.vfio(),
                none.kernel(),
                none.machine(),
                none.hypervisors(),
                none.image());
    }

    /// As a driver shows it, else as it is in memory.
    private Fact<Image> opRegion(DisplayDebugFiles debugFiles, Fact<Image> config) {
        Fact<Image> shown = debugFiles.opRegion();
        return switch (shown) {
            case Fact.Known<Image> known -> known;
            case Fact.Unknown<Image> unknown -> new PhysicalMemory(root).opRegion(config, unknown);
        };
    }

    /// Removes the serial numbers of panels.
    private static Fact<Image> withoutSerials(Fact<Image> fact) {
        return switch (fact) {
            case Fact.Known<Image>(Image image, String source) ->
                    new Fact.Known<>(PanelSerials.removed(image), source);
            case Fact.Unknown<Image> unknown -> unknown;
        };
    }
}
