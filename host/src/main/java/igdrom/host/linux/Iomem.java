package igdrom.host.linux;

import igdrom.host.Fact;
import igdrom.host.FramebufferHolder;
import igdrom.host.MemoryRange;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// The map of physical memory, `/proc/iomem`.
///
/// Source: Linux, arch/x86/kernel/early-quirks.c, `intel_graphics_stolen`, which reserves the
/// range; drivers/firmware/sysfb_simplefb.c (`BOOTFB`), drivers/video/fbdev/efifb.c (`efifb`).
record Iomem(HostRoot root) {
    private static final String FILE = "/proc/iomem";
    private static final String SEPARATOR = " : ";
    private static final String STOLEN = " : Graphics Stolen Memory";

    /// Drivers for an IGD. One that was just unbound may still be listed.
    private static final Set<String> PCI_DRIVERS = Set.of("vfio-pci", "i915", "xe", "pciback");

    /// The range that the kernel reserves as stolen memory.
    Fact<MemoryRange> stolenMemory() {
        return switch (root.text(FILE)) {
            case Fact.Unknown<String>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<String>(String text, String source) -> parseStolenMemory(text, source);
        };
    }

    /// What holds memory of the BARs of a function for the framebuffer of the firmware. The names
    /// and their order are shown to everybody.
    ///
    /// @param address such as `0000:00:02.0`
    /// @param driver of the function, which holds BARs for its own use; empty for none
    Fact<List<FramebufferHolder>> holders(String address, String driver) {
        return root.text(FILE).map(text -> parseHolders(text, address, driver));
    }

    /// The lines that are indented more than the one with the address before them.
    ///
    /// ```
    ///   c0000000-c0ffffff : 0000:00:02.0
    ///     c0000000-c03e7fff : efifb
    /// ```
    static List<FramebufferHolder> parseHolders(String text, String address, String driver) {
        List<FramebufferHolder> holders = new ArrayList<>();
        int depth = -1;
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(SEPARATOR);
            if (colon < 0) {
                continue;
            }
            int indent = line.length() - line.stripLeading().length();
            String name = line.substring(colon + SEPARATOR.length()).strip();
            if (name.equals(address)) {
                depth = indent;
            } else if (indent <= depth) {
                depth = -1;
            } else if (depth >= 0 && !PCI_DRIVERS.contains(name) && !name.equals(driver)) {
                FramebufferHolder holder = new FramebufferHolder(name, FILE);
                if (!holders.contains(holder)) {
                    holders.add(holder);
                }
            }
        }
        return holders;
    }

    /// The line `8d800000-8f7fffff : Graphics Stolen Memory`, which shows zeros to all but root.
    static Fact<MemoryRange> parseStolenMemory(String text, String source) {
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(SEPARATOR);
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
                return new Fact.Unknown<>(source, "not a range: " + Numbers.excerpt(line.strip()));
            }
        }
        return new Fact.Unknown<>(source, "no line \"Graphics Stolen Memory\"");
    }
}
