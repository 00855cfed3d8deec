package igdrom.bench.witness;

import igdrom.bytes.Cursor;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The address of a PCI function, written `0000:00:02.0`.
public record PciAddress(int segment, int bus, int device, int function) {
    private static final long NOWHERE = 0xffff_ffffL;

    public PciAddress {
        if (segment >>> 16 != 0 || bus >>> 8 != 0 || device >>> 5 != 0 || function >>> 3 != 0) {
            throw new IllegalArgumentException("not the address of a PCI function");
        }
    }

    /// A function on the first bus, where a virtual machine has nearly all of them.
    public static PciAddress of(int device, int function) {
        return new PciAddress(0, 0, device, function);
    }

    static PciAddress read(Cursor in) {
        PciAddress location = readOrNull(in);
        if (location == null) {
            throw in.malformed(in.position() - 4, "Location is missing");
        }
        return location;
    }

    static Optional<PciAddress> readOptional(Cursor in) {
        return Optional.ofNullable(readOrNull(in));
    }

    private static @Nullable PciAddress readOrNull(Cursor in) {
        long value = in.u32("Location");
        if (value == NOWHERE) {
            return null;
        }
        int bits = (int) value;
        return new PciAddress(bits >>> 16, bits >>> 8 & 0xff, bits >>> 3 & 0x1f, bits & 7);
    }

    /// As in QEMU's property `addr`.
    public String slot() {
        return HexFormat.of().toHexDigits((byte) device) + "." + function;
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits((short) segment) + ":" + hex.toHexDigits((byte) bus) + ":" + slot();
    }
}
