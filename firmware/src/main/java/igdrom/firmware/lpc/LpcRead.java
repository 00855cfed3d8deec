package igdrom.firmware.lpc;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.Machine;
import java.util.List;
import java.util.Optional;

/// How a GOP learns the id of the LPC bridge.
public sealed interface LpcRead {
    /// It does not ask, and works beside any bridge.
    record None() implements LpcRead {}

    /// It asks, but not in one of the ways that are understood here.
    ///
    /// @param reason what was found instead
    record Unclear(String reason) implements LpcRead {}

    /// It asks at one place.
    ///
    /// @param offset of `window` in the executable
    /// @param window the instructions that fetch the id, or that put an edited one in its place
    /// @param accepted the ids it goes on with, an empty list when it goes on with any; nothing
    ///   when its code is not understood
    /// @param edited the id that it was given instead of the answer
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

        /// The same site of a GOP about whose major version this is known.
        ///
        /// @param ranges none when nothing is known
        public Site accepting(List<PchRange> ranges) {
            return ranges.isEmpty()
                    ? this
                    : new Site(way, offset, window, Optional.of(ranges), edited);
        }

        /// Whether it is known to go on beside any bridge.
        public boolean acceptsAll() {
            return accepted.isPresent() && accepted.get().isEmpty();
        }

        /// Whether the GOP goes on beside this bridge; nothing when that is not known.
        public Optional<Boolean> accepts(PciId bridge) {
            return accepted.map(ranges ->
                    ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(bridge)));
        }
    }

    /// The ways to ask.
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

        /// The word in `--json`.
        public String id() {
            return id;
        }

        public String label() {
            return label;
        }
    }

    /// How this GOP does it.
    static LpcRead of(Executable gop) {
        if (!gop.machine().equals(Machine.X64)) {
            return new Unclear("only X64 drivers are understood");
        }
        LpcRead byPorts = PortIo.find(gop).read();
        LpcRead byBridge = RootBridgeIo.find(gop).read();
        if (byPorts instanceof None) {
            return byBridge;
        }
        return byBridge instanceof None
                ? byPorts
                : new Unclear("it seems to ask by port I/O and by PciRootBridgeIo too");
    }
}
