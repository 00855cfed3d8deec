package igdrom.host;

/// A unit of the IOMMU that the kernel uses.
///
/// @param name such as `dmar0`
/// @param addressWidth of guest addresses, in bits
///
///   Spec: Intel VT-d, Capability Register, MGAW.
public record RemappingUnit(String name, int addressWidth) {}
