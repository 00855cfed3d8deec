package igdrom.host;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;

/// One PCI function as Linux shows it.
///
/// @param address `0000:00:02.0`
/// @param id from `vendor` and `device` in its folder of `/sys/bus/pci/devices`
/// @param revision from `revision` there
/// @param classCode 24 bits, from `class` there
/// @param subsystem from `subsystem_vendor` and `subsystem_device` there
/// @param config from `config` there: the first 256 bytes, or 64 for who is not root
public record PciFunction(
        String address,
        Fact<PciId> id,
        Fact<Integer> revision,
        Fact<Integer> classCode,
        Fact<PciId> subsystem,
        Fact<Image> config) {
    /// What a snapshot keeps of the config space. The serial number of a PCIe device is behind it.
    public static final int CONFIG_SIZE = 256;
}
