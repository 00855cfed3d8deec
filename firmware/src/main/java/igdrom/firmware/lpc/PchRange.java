package igdrom.firmware.lpc;

import igdrom.formats.pci.PciId;
import java.util.HexFormat;

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

    public boolean contains(PciId bridge) {
        return bridge.vendor() == PciId.INTEL
                && bridge.device() >= first
                && bridge.device() <= last;
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        String from = hex.toHexDigits((short) first);
        return first == last ? from : from + "-" + hex.toHexDigits((short) last);
    }
}
