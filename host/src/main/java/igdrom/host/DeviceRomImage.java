package igdrom.host;

import igdrom.formats.pci.PciId;

/// An image in the ROM of a device, without its bytes.
///
/// @param codeType 0 for a BIOS, 3 for EFI
/// @param id of the device that the image names
/// @param size in bytes
public record DeviceRomImage(int codeType, PciId id, long size) {}
