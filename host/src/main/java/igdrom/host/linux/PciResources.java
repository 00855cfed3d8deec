package igdrom.host.linux;

import igdrom.host.Fact;
import igdrom.host.MemoryRange;
import igdrom.host.PciBar;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The file `resource` of a PCI function: one line `first last flags` per range, BARs first.
///
/// Source: Linux, drivers/pci/pci-sysfs.c, `resource_show`; include/linux/ioport.h.
final class PciResources {
    private static final int BARS = 6;
    private static final int FIELDS = 3;
    private static final long IO = 0x100;
    private static final long MEMORY = 0x200;
    private static final long PREFETCHABLE = 0x2000;

    /// The kernel found no addresses for the range.
    private static final long UNSET = 0x2000_0000;

    private PciResources() {}

    static Fact<List<PciBar>> parse(Fact<String> text) {
        return switch (text) {
            case Fact.Unknown<String>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<String>(String known, String source) -> parse(known, source);
        };
    }

    private static Fact<List<PciBar>> parse(String text, String source) {
        List<PciBar> bars = new ArrayList<>();
        String[] lines = text.split("\n", BARS + 1);
        for (int index = 0; index < Math.min(lines.length, BARS); index++) {
            String[] fields = lines[index].strip().split(" ", -1);
            try {
                if (fields.length != FIELDS) {
                    throw new IllegalArgumentException("too few fields");
                }
                long first = number(fields[0]);
                long last = number(fields[1]);
                long flags = number(fields[2]);
                if ((flags & (IO | MEMORY)) != 0 && (flags & UNSET) == 0) {
                    bars.add(
                            new PciBar(
                                    index,
                                    kind(flags),
                                    new MemoryRange(first, Math.addExact(last - first, 1))));
                }
            } catch (IllegalArgumentException | ArithmeticException _) {
                return new Fact.Unknown<>(source, "not a range: " + Numbers.excerpt(lines[index]));
            }
        }
        return new Fact.Known<>(List.copyOf(bars), source);
    }

    private static long number(String text) {
        if (!text.startsWith("0x")) {
            throw new IllegalArgumentException("not hexadecimal");
        }
        return HexFormat.fromHexDigitsToLong(text, 2, text.length());
    }

    private static PciBar.Kind kind(long flags) {
        if ((flags & IO) != 0) {
            return PciBar.Kind.IO;
        }
        return (flags & PREFETCHABLE) != 0 ? PciBar.Kind.PREFETCHABLE_MEMORY : PciBar.Kind.MEMORY;
    }
}
