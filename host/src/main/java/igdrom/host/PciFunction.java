package igdrom.host;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;

/// A PCI function as Linux shows it in its directory of `/sys/bus/pci/devices`.
///
/// @param address `0000:00:02.0`
/// @param id from `vendor` and `device`
/// @param revision from `revision`
/// @param classCode 24 bits, from `class`
/// @param subsystem from `subsystem_vendor` and `subsystem_device`
/// @param config from `config`: the first 256 bytes, of which only root sees more than 64
public record PciFunction(
        String address,
        Fact<PciId> id,
        Fact<Integer> revision,
        Fact<Integer> classCode,
        Fact<PciId> subsystem,
        Fact<Image> config) {
    /// How much of config space a snapshot keeps. The serial number of a PCIe device comes after
    /// it.
    public static final int CONFIG_SIZE = 256;
}
