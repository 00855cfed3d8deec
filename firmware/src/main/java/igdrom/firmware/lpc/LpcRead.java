package igdrom.firmware.lpc;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.Machine;
import java.util.List;
import java.util.Optional;

/// How a GOP reads the id of the LPC bridge.
public sealed interface LpcRead {
    /// It does not read the id, and works with any bridge.
    record None() implements LpcRead {}

    /// It reads the id, but not in a known way.
    ///
    /// @param reason what was found instead, a sentence about the GOP without a full stop
    record Unclear(String reason) implements LpcRead {}

    /// It reads the id at one site.
    ///
    /// @param offset offset of `window` in the executable
    /// @param window the instructions that read the id, or those that set an edited id
    /// @param accepted the ids that the GOP accepts, an empty list when it accepts all; absent when
    ///   its code is not understood
    /// @param edited the id that an edit set
    record Site(
            Way way,
            long offset,
            Image window,
            Optional<List<PchRange>> accepted,
            Optional<PciId> edited)
            implements LpcRead {
        public Site {
            accepted = accepted.map(List::copyOf);
        }

        /// The same site with these accepted ids.
        ///
        /// @param ranges an empty list when nothing is known, which leaves the site as it is
        public Site accepting(List<PchRange> ranges) {
            return ranges.isEmpty()
                    ? this
                    : new Site(way, offset, window, Optional.of(ranges), edited);
        }

        /// Whether the GOP is known to accept any bridge.
        public boolean acceptsAll() {
            return accepted.isPresent() && accepted.get().isEmpty();
        }

        /// Whether the GOP accepts this bridge; absent when that is unknown.
        public Optional<Boolean> accepts(PciId bridge) {
            return accepted.map(ranges ->
                    ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(bridge)));
        }

        /// Whether the GOP is known to accept both bridges as one kind of PCH.
        public boolean inOneRange(PciId bridge, PciId other) {
            return accepted.stream()
                    .flatMap(List::stream)
                    .anyMatch(range -> range.contains(bridge) && range.contains(other));
        }
    }

    /// The ways to read the id.
    enum Way {
        /// Observed: Kaby Lake to Meteor Lake. EDK2's PciCf8Read16, compiled in.
        PORT_IO("port-io", "port I/O"),

        /// Observed: Sandy Bridge to Broadwell.
        ROOT_BRIDGE_IO("root-bridge-io", "PciRootBridgeIo");

        private final String id;
        private final String label;

        Way(String id, String label) {
            this.id = id;
            this.label = label;
        }

        /// The value in JSON.
        public String id() {
            return id;
        }

        public String label() {
            return label;
        }
    }

    /// Analyses a GOP.
    static LpcRead of(Executable gop) {
        if (!gop.machine().equals(Machine.X64)) {
            return new Unclear("only X64 drivers are supported");
        }
        LpcRead byPorts = PortIo.find(gop).read();
        LpcRead byBridge = RootBridgeIo.find(gop).read();
        return switch (byPorts) {
            case None() -> byBridge;
            case Unclear _, Site _ ->
                    switch (byBridge) {
                        case None() -> byPorts;
                        case Unclear _, Site _ ->
                                new Unclear(
                                        "it appears to read the id by port I/O and by"
                                                + " PciRootBridgeIo");
                    };
        };
    }
}
