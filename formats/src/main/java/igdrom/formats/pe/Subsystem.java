package igdrom.formats.pe;

/// The environment of an executable. Unknown ones keep their number.
///
/// Spec: PE/COFF, "Windows Subsystem".
public record Subsystem(int code) {
    public static final Subsystem APPLICATION = new Subsystem(10);
    public static final Subsystem BOOT_SERVICE_DRIVER = new Subsystem(11);
    public static final Subsystem RUNTIME_DRIVER = new Subsystem(12);
    public static final Subsystem ROM = new Subsystem(13);

    public boolean isEfi() {
        return code >= APPLICATION.code && code <= ROM.code;
    }

    @Override
    public String toString() {
        return switch (code) {
            case 10 -> "EFI application";
            case 11 -> "EFI boot service driver";
            case 12 -> "EFI runtime driver";
            case 13 -> "EFI ROM";
            default -> "subsystem " + code;
        };
    }
}
