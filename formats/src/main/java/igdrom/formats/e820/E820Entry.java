package igdrom.formats.e820;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;

/// A range of addresses.
///
/// @param base its first address
/// @param size in bytes, at least one
/// @param type as a number; [Type] names the known ones
public record E820Entry(long base, long size, long type) {
    /// Size of an entry in the file.
    static final int SIZE = 20;

    /// The types of ranges.
    public enum Type {
        RAM(1, "RAM"),
        RESERVED(2, "reserved"),
        ACPI(3, "ACPI tables"),
        NVS(4, "ACPI NVS"),
        UNUSABLE(5, "unusable");

        private final int number;
        private final String label;

        Type(int number, String label) {
            this.number = number;
            this.label = label;
        }

        /// The number in the file.
        public int number() {
            return number;
        }

        /// The name that people see.
        public String label() {
            return label;
        }
    }

    public E820Entry {
        if (size == 0 || Long.compareUnsigned(base + size - 1, base) < 0) {
            throw new IllegalArgumentException(
                    String.format("0x%x bytes at 0x%x are not a range", size, base));
        }
    }

    /// A range of a known type.
    public static E820Entry of(long base, long size, Type type) {
        return new E820Entry(base, size, type.number);
    }

    static E820Entry read(Cursor in) {
        long base = in.u64("base");
        long size = in.u64("size");
        if (size == 0 || Long.compareUnsigned(base + size - 1, base) < 0) {
            throw in.malformed("size is 0x%x at base 0x%x: not a range", size, base);
        }
        return new E820Entry(base, size, in.u32("type"));
    }

    void write(Emitter out) {
        out.u64(base).u64(size).u32(type);
    }

    /// The name of its type: `RAM`, or `type 9` for an unknown one.
    public String label() {
        for (Type known : Type.values()) {
            if (known.number == type) {
                return known.label;
            }
        }
        return "type " + type;
    }

    /// Its last address.
    public long last() {
        return base + size - 1;
    }
}
