package igdrom.formats.pci;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Vendor and device id of a PCI function, written `8086:46d4`.
///
/// Spec: PCI Local Bus 3.0, "Device Identification".
public record PciId(int vendor, int device) implements Comparable<PciId> {
    public static final int INTEL = 0x8086;

    private static final Pattern FORM =
            Pattern.compile("(?:0x)?(\\p{XDigit}{4}):(?:0x)?(\\p{XDigit}{4})");

    public PciId {
        if (vendor >>> 16 != 0 || device >>> 16 != 0) {
            throw new IllegalArgumentException("ids have 16 bits: %x:%x".formatted(vendor, device));
        }
    }

    public static PciId intel(int device) {
        return new PciId(INTEL, device);
    }

    /// Reads `8086:46d4`.
    ///
    /// @throws IllegalArgumentException when it is not of that form
    public static PciId of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a PCI id like 8086:46d4 (lspci -nn shows it)");
        }
        return new PciId(
                HexFormat.fromHexDigits(form.group(1)), HexFormat.fromHexDigits(form.group(2)));
    }

    @Override
    public int compareTo(PciId other) {
        int byVendor = Integer.compare(vendor, other.vendor);
        return byVendor != 0 ? byVendor : Integer.compare(device, other.device);
    }

    @Override
    public String toString() {
        return "%04x:%04x".formatted(vendor, device);
    }
}
