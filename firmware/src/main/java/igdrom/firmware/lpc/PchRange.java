package igdrom.firmware.lpc;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Pch;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The device ids of LPC bridges that a GOP takes for one kind of PCH.
///
/// @param first the first id
/// @param last the last id, inclusive
public record PchRange(int first, int last) {
    public PchRange {
        if (first < 0 || last < first || last > 0xffff) {
            throw new IllegalArgumentException("not a range: " + first + " to " + last);
        }
    }

    /// The ranges that GOPs of a major version are known to accept; empty when nothing is known.
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
        String start = hex.toHexDigits((short) first);
        return first == last ? start : start + "-" + hex.toHexDigits((short) last);
    }
}
