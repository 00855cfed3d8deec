package igdrom.formats.pe;

import org.jspecify.annotations.Nullable;

/// What an executable runs under. One we have no name for is kept as its number.
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

    /// Spelled out, like [#hashCode]: the one made for a record is slow the first time.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Subsystem that && code == that.code;
    }

    @Override
    public int hashCode() {
        return code;
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
