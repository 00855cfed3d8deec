package igdrom.formats.pci;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Vendor and device id of a PCI function, written `8086:46d4`.
///
/// Spec: PCI Local Bus 3.0, "Device Identification".
public record PciId(int vendor, int device) implements Comparable<PciId> {
    public static final int INTEL = 0x8086;

    public PciId {
        if (vendor >>> 16 != 0 || device >>> 16 != 0) {
            throw new IllegalArgumentException(
                    String.format("ids have 16 bits: %x:%x", vendor, device));
        }
    }

    public static PciId intel(int device) {
        return new PciId(INTEL, device);
    }

    /// Reads `8086:46d4`.
    ///
    /// @throws IllegalArgumentException when it is not of that form
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

    /// The number of exactly four hexadecimal digits, with or without `0x` before them, or -1.
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

    /// Whether it is one of Intel's, from the device `first` to the device `last`.
    public boolean isIntel(int first, int last) {
        return vendor == INTEL && device >= first && device <= last;
    }

    /// Spelled out, like [#hashCode]: the one made for a record is slow the first time.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PciId that && vendor == that.vendor && device == that.device;
    }

    @Override
    public int hashCode() {
        return vendor << 16 | device;
    }

    @Override
    public int compareTo(PciId other) {
        int byVendor = Integer.compare(vendor, other.vendor);
        return byVendor != 0 ? byVendor : Integer.compare(device, other.device);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits((short) vendor) + ":" + hex.toHexDigits((short) device);
    }
}
