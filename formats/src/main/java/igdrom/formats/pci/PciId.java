package igdrom.formats.pci;

import java.util.Comparator;
import java.util.HexFormat;

/// The vendor and device id of a PCI function, written `8086:46d4`.
///
/// Spec: PCI Local Bus 3.0, "Device Identification".
public record PciId(int vendor, int device) implements Comparable<PciId> {
    public static final int INTEL = 0x8086;

    private static final Comparator<PciId> BY_VENDOR_AND_DEVICE =
            Comparator.comparingInt(PciId::vendor).thenComparingInt(PciId::device);

    public PciId {
        if (vendor >>> 16 != 0 || device >>> 16 != 0) {
            throw new IllegalArgumentException(
                    String.format("PCI ids have 16 bits: %x:%x", vendor, device));
        }
    }

    public static PciId intel(int device) {
        return new PciId(INTEL, device);
    }

    /// Parses `8086:46d4`, or `0x8086:0x46d4` as sysfs writes the numbers.
    ///
    /// @throws IllegalArgumentException when `text` has another form
    public static PciId of(String text) {
        int colon = text.indexOf(':');
        int vendor = colon < 0 ? -1 : fourDigits(text.substring(0, colon));
        int device = colon < 0 ? -1 : fourDigits(text.substring(colon + 1));
        if (vendor < 0 || device < 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a PCI id like 8086:46d4 (lspci -nn shows it)");
        }
        return new PciId(vendor, device);
    }

    /// The value of exactly four hexadecimal digits after an optional `0x`, or -1.
    private static int fourDigits(String text) {
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        if (digits.length() != 4) {
            return -1;
        }
        for (int i = 0; i < 4; i++) {
            if (!HexFormat.isHexDigit(digits.charAt(i))) {
                return -1;
            }
        }
        return HexFormat.fromHexDigits(digits);
    }

    /// Whether it is an Intel device from `first` to `last`, inclusive.
    public boolean isIntel(int first, int last) {
        return vendor == INTEL && device >= first && device <= last;
    }

    @Override
    public int compareTo(PciId other) {
        return BY_VENDOR_AND_DEVICE.compare(this, other);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits((short) vendor) + ":" + hex.toHexDigits((short) device);
    }
}
