package igdrom.host;

import java.util.List;

/// A unit of the IOMMU that the kernel uses.
///
/// Spec: Intel VT-d 4.1, 11.4.2 (Capability Register), 11.4.3 (Extended Capability Register).
///
/// @param name such as `dmar0`
/// @param base address of its registers
/// @param capability the register CAP
/// @param extendedCapability the register ECAP
/// @param functions addresses of the PCI functions that it serves
public record RemappingUnit(
        String name,
        long base,
        long capability,
        long extendedCapability,
        Fact<List<String>> functions) {
    private static final int MGAW_SHIFT = 16;
    private static final int MGAW_MASK = 0x3f;

    /// The width of guest addresses, in bits (MGAW).
    public int addressWidth() {
        return ((int) (capability >>> MGAW_SHIFT) & MGAW_MASK) + 1;
    }
}
