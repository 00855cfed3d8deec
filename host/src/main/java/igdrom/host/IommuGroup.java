package igdrom.host;

import java.util.List;

/// Functions that the IOMMU cannot tell apart: all of them go to one guest, or none.
///
/// @param functions their addresses
/// @param reserved ranges that the guest's memory must not use
public record IommuGroup(int number, List<String> functions, Fact<List<Reserved>> reserved) {
    /// A reserved range.
    ///
    /// @param type such as `direct-relaxable`, which is what an IGD's RMRR is, or `msi`
    public record Reserved(MemoryRange range, String type) {}

    public IommuGroup {
        functions = List.copyOf(functions);
    }
}
