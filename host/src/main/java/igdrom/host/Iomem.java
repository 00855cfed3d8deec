package igdrom.host;

import java.util.HexFormat;

/// The map of physical memory, `/proc/iomem`.
///
/// Source: Linux, arch/x86/kernel/early-quirks.c, `intel_graphics_stolen`, which reserves the
/// range.
record Iomem(HostRoot root) {
    private static final String FILE = "/proc/iomem";
    private static final String STOLEN = " : Graphics Stolen Memory";

    /// The range that the kernel reserves as stolen memory.
    Fact<MemoryRange> stolenMemory() {
        return switch (root.text(FILE)) {
            case Fact.Unknown<String>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<String>(String text, String source) -> parseStolenMemory(text, source);
        };
    }

    /// The line `8d800000-8f7fffff : Graphics Stolen Memory`, which shows zeros to all but root.
    static Fact<MemoryRange> parseStolenMemory(String text, String source) {
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(" : ");
            if (colon < 0 || !line.endsWith(STOLEN)) {
                continue;
            }
            String[] ends = line.substring(0, colon).strip().split("-", -1);
            try {
                long first = HexFormat.fromHexDigitsToLong(ends[0]);
                long last = HexFormat.fromHexDigitsToLong(ends[ends.length - 1]);
                return last > first
                        ? new Fact.Known<>(new MemoryRange(first, last - first + 1), source)
                        : new Fact.Unknown<>(source, "addresses are shown to root only");
            } catch (IllegalArgumentException _) {
                return new Fact.Unknown<>(source, "not a range: " + line.strip());
            }
        }
        return new Fact.Unknown<>(source, "no line \"Graphics Stolen Memory\"");
    }
}
