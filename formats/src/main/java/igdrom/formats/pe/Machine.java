package igdrom.formats.pe;

/// The processor architecture of an executable. Unknown ones keep their number.
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

    /// The name in UEFI, or the number in hexadecimal.
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
