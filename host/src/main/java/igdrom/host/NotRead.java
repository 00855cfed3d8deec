package igdrom.host;

import java.util.List;

/// A part of a machine that igdrom never reads, though it would say something about the graphics.
/// Each is in every snapshot, so that nobody waits for it.
///
/// @param source what is not read
/// @param reason why
public record NotRead(String source, String reason) {
    /// All of them; docs/snapshot.md explains them.
    public static final List<NotRead> ALL =
            List.of(
                    new NotRead(
                            "/sys/bus/pci/devices/*/resource0",
                            "mapping it is an access to the hardware, which may be asleep or in"
                                    + " use by a guest"),
                    new NotRead("/dev/vfio", "opening a group takes the device away from others"),
                    new NotRead(
                            "/sys/firmware/efi/efivars/Setup-*",
                            "its layout differs from board to board, and it may hold passwords"),
                    new NotRead(
                            "/sys/firmware/acpi/tables/MSDM",
                            "it holds the product key of Windows"));
}
