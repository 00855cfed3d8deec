package igdrom.plan.vm;

/// The firmware of a guest.
public enum GuestFirmware {
    /// OVMF, or the UEFI firmware of bhyve.
    UEFI("uefi"),
    /// SeaBIOS, which starts a VGA BIOS.
    SEABIOS("seabios");

    private final String id;

    GuestFirmware(String id) {
        this.id = id;
    }

    /// The word that users write.
    public String id() {
        return id;
    }
}
