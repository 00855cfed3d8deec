package igdrom.firmware.lpc;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Pch;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Device ids of LPC bridges that a GOP takes for one kind of PCH.
///
/// @param first of them
/// @param last the last one, which is one of them
public record PchRange(int first, int last) {
    public PchRange {
        if (first < 0 || last < first || last > 0xffff) {
            throw new IllegalArgumentException("no range: " + first + " to " + last);
        }
    }

    /// The ranges that GOPs of a major version are known to accept; none when nothing is known.
    public static List<PchRange> knownTo(int gopMajor) {
        List<PchRange> ranges = new ArrayList<>();
        for (Pch pch : Knowledge.pchs()) {
            if (pch.gopMajors().contains(gopMajor)) {
                ranges.add(new PchRange(pch.first(), pch.last()));
            }
        }
        return ranges;
    }

    public boolean contains(PciId bridge) {
        return bridge.isIntel(first, last);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        String from = hex.toHexDigits((short) first);
        return first == last ? from : from + "-" + hex.toHexDigits((short) last);
    }
}
