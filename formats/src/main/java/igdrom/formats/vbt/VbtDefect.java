package igdrom.formats.vbt;

import java.util.Optional;

/// What keeps a driver from finding outputs in a VBT, whichever driver it is.
///
/// @param text a sentence without a full stop: `ChildDeviceSize is 255, sizes are 22 to 64`
public record VbtDefect(Kind kind, String text) {
    /// The size of a child device before BDB 106.
    private static final int MIN_CHILD_SIZE = 22;

    /// Observed: 44 bytes in BDB 266, the newest of coreboot's boards; the structure grows by a few
    /// bytes every few years.
    private static final int MAX_CHILD_SIZE = 64;

    /// The kinds of defects.
    public enum Kind {
        /// Block 2, which lists the outputs, is missing.
        NO_BLOCK("no-block"),
        /// A block ends after the VBT, and block 2 is that block or one after it.
        TRUNCATED_BLOCK("truncated-block"),
        /// The size of an entry cannot be right.
        CHILD_SIZE("child-size"),
        /// No entry is in use.
        NO_OUTPUTS("no-outputs");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /// The word for it in tables.
        public String id() {
            return id;
        }
    }

    /// The first defect of a VBT, if it has one.
    ///
    /// Observed: purism/librem_skl and starlabs/lite (coreboot) have VBTs with a truncated block
    /// after block 2, where it costs a panel's data but no output.
    public static Optional<VbtDefect> of(Vbt vbt) {
        Bdb bdb = vbt.bdb();
        Optional<BdbBlock> block = bdb.block(BdbBlock.GENERAL_DEFINITIONS);
        if (block.isPresent()) {
            return ofDefinitions(block.get(), bdb.version());
        }
        Optional<String> truncated = bdb.truncatedBlock();
        return truncated.isPresent()
                ? defect(Kind.TRUNCATED_BLOCK, truncated.get())
                : defect(Kind.NO_BLOCK, "block 2, which lists the outputs, is missing");
    }

    private static Optional<VbtDefect> ofDefinitions(BdbBlock block, int bdbVersion) {
        if (block.data().size() < GeneralDefinitions.HEADER_SIZE) {
            return defect(
                    Kind.TRUNCATED_BLOCK,
                    "block 2, which lists the outputs, has only %d bytes",
                    block.data().size());
        }
        int size = GeneralDefinitions.childSize(block);
        if (size < MIN_CHILD_SIZE || size > MAX_CHILD_SIZE) {
            return defect(
                    Kind.CHILD_SIZE,
                    "ChildDeviceSize is %d, it is from %d to %d in all VBTs",
                    size,
                    MIN_CHILD_SIZE,
                    MAX_CHILD_SIZE);
        }
        int entries = 0;
        for (ChildDevice device : GeneralDefinitions.devices(block, bdbVersion)) {
            if (!device.isAbsent()) {
                return Optional.empty();
            }
            entries++;
        }
        return switch (entries) {
            case 0 -> defect(Kind.NO_OUTPUTS, "it has no entries for outputs");
            case 1 -> defect(Kind.NO_OUTPUTS, "its only entry for an output is unused");
            default -> defect(Kind.NO_OUTPUTS, "all %d entries for outputs are unused", entries);
        };
    }

    private static Optional<VbtDefect> defect(Kind kind, String pattern, Object... values) {
        return Optional.of(new VbtDefect(kind, String.format(pattern, values)));
    }
}
