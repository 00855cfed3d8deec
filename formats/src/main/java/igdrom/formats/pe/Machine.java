package igdrom.formats.pe;

import org.jspecify.annotations.Nullable;

/// What kind of processor an executable is for. One we have no name for is kept as its number.
///
/// Spec: PE/COFF, "Machine Types".
public record Machine(int code) {
    public static final Machine IA32 = new Machine(0x014c);
    public static final Machine ARM = new Machine(0x01c2);
    public static final Machine EBC = new Machine(0x0ebc);
    public static final Machine RISCV64 = new Machine(0x5064);
    public static final Machine LOONGARCH64 = new Machine(0x6264);
    public static final Machine X64 = new Machine(0x8664);
    public static final Machine ARM64 = new Machine(0xaa64);

    /// Spelled out, like [#hashCode]: the one made for a record is slow the first time.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Machine that && code == that.code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    /// The name that UEFI gives it, or the number in hexadecimal.
    @Override
    public String toString() {
        return switch (code) {
            case 0x014c -> "IA32";
            case 0x01c2 -> "ARM";
            case 0x0ebc -> "EBC";
            case 0x5064 -> "RISCV64";
            case 0x6264 -> "LOONGARCH64";
            case 0x8664 -> "X64";
            case 0xaa64 -> "ARM64";
            default -> "machine 0x" + Integer.toHexString(code);
        };
    }
}
