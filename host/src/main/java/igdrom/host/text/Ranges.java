package igdrom.host.text;

import igdrom.host.MemoryRange;
import java.util.HexFormat;
import java.util.Optional;

/// Ranges of memory as texts write them.
final class Ranges {
    private Ranges() {}

    /// The range from a first to a last address, both hexadecimal.
    static Optional<MemoryRange> of(String first, String last) {
        try {
            long base = HexFormat.fromHexDigitsToLong(first);
            long end = HexFormat.fromHexDigitsToLong(last);
            return Optional.of(
                    new MemoryRange(base, Math.addExact(Math.subtractExact(end, base), 1)));
        } catch (IllegalArgumentException | ArithmeticException _) {
            return Optional.empty();
        }
    }
}
