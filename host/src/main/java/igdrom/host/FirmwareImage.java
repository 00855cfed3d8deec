package igdrom.host;

import igdrom.formats.pci.PciId;
import java.util.List;

/// What an image of the machine's firmware holds for its IGD, without the bytes.
///
/// @param size of the image in bytes
/// @param vgaBioses the device that each legacy VGA BIOS names
public record FirmwareImage(
        long size, List<FoundGop> gops, List<FoundVbt> vbts, List<PciId> vgaBioses) {
    public FirmwareImage {
        gops = List.copyOf(gops);
        vbts = List.copyOf(vbts);
        vgaBioses = List.copyOf(vgaBioses);
    }

    /// A UEFI driver for Intel graphics.
    ///
    /// @param version such as `9.0.1113`, with `?` for a part that is unknown
    /// @param devices those that it drives
    public record FoundGop(String version, List<PciId> devices, long size, String sha256) {
        public FoundGop {
            devices = List.copyOf(devices);
        }
    }

    /// A VBT.
    ///
    /// @param name in its signature, such as `ALDERLAKE-P`
    /// @param version of its BIOS data block
    public record FoundVbt(String name, int version, long size, String sha256) {}
}
