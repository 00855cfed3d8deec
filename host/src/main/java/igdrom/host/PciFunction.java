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
/// @param use what the host does with it
public record PciFunction(
        String address,
        Fact<PciId> id,
        Fact<Integer> revision,
        Fact<Integer> classCode,
        Fact<PciId> subsystem,
        Fact<Image> config,
        PciUse use) {
    /// How much of config space a snapshot keeps. The serial number of a PCIe device comes after
    /// it.
    public static final int CONFIG_SIZE = 256;

    /// A function of which nothing is known.
    public static PciFunction unknown(String address, String source, String reason) {
        return new PciFunction(
                address,
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                PciUse.unknown(source, reason));
    }

    /// These facts, and the other ones where these are unknown.
    PciFunction or(PciFunction other) {
        return new PciFunction(
                address,
                id.or(other.id),
                revision.or(other.revision),
                classCode.or(other.classCode),
                subsystem.or(other.subsystem),
                config.or(other.config),
                use.or(other.use));
    }
}
