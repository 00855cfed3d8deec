package igdrom.plan.vm;

/// How many bits the physical addresses of the guest have. More than the IOMMU of the host
/// translates, and mapping the BARs fails.
///
/// @param bits the most that the guest uses
/// @param reason why, a clause
public record AddressWidth(int bits, String reason) {}
