package igdrom.report.bundle;

import igdrom.bytes.Image;
import igdrom.host.Fact;
import igdrom.host.Graphics;
import igdrom.host.Identifiers;
import igdrom.host.Kernel;
import igdrom.host.Snapshot;

/// A snapshot as it may leave the machine.
final class SharedFacts {
    private SharedFacts() {}

    /// Whether it has an OpRegion or a VBT.
    static boolean hasTables(Snapshot facts) {
        return facts.opRegion().value().isPresent() || facts.vbt().value().isPresent();
    }

    /// Without OpRegion and VBT, unless they are wanted. Texts are cleaned again, since the
    /// snapshot may come from elsewhere.
    static Snapshot of(Snapshot facts, boolean withTables, String hostName) {
        Graphics graphics = facts.graphics();
        Kernel kernel = facts.kernel();
        return new Snapshot(
                facts.measuredBy(),
                facts.pci(),
                withTables
                        ? graphics
                        : new Graphics(
                                leftOut(graphics.opRegion()),
                                leftOut(graphics.vbt()),
                                graphics.stolenMemory(),
                                graphics.holders(),
                                graphics.connectors(),
                                graphics.users(),
                                graphics.rom()),
                facts.iommu(),
                facts.firmware(),
                facts.vfio(),
                new Kernel(
                        kernel.release(),
                        kernel.commandLine().map(Identifiers::commandLine),
                        kernel.options(),
                        kernel.modules(),
                        kernel.consoles(),
                        kernel.log()
                                .map(log ->
                                        log.stream()
                                                .map(Identifiers::inLog)
                                                .map(line -> Identifiers.removed(line, hostName))
                                                .toList())),
                facts.machine(),
                facts.hypervisors(),
                facts.image());
    }

    private static Fact<Image> leftOut(Fact<Image> table) {
        return switch (table) {
            case Fact.Known<Image>(Image bytes, String source) ->
                    new Fact.Unknown<>(
                            source, "left out of the bundle, it has " + bytes.size() + " bytes");
            case Fact.Unknown<Image> unknown -> unknown;
        };
    }
}
