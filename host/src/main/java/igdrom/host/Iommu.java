package igdrom.host;

import igdrom.formats.acpi.Dmar;
import java.util.List;
import java.util.Optional;

/// The IOMMU of a host.
///
/// @param units that the kernel uses; empty where it is off
/// @param groups empty where it is off
/// @param dmar the ACPI table; empty where the firmware has none
public record Iommu(
        Fact<List<RemappingUnit>> units, Fact<List<IommuGroup>> groups, Fact<Optional<Dmar>> dmar) {
    /// Nothing is known.
    public static Iommu unknown(String source, String reason) {
        return new Iommu(
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason));
    }

    /// These facts, and the other ones where these are unknown.
    Iommu or(Iommu other) {
        return new Iommu(units.or(other.units), groups.or(other.groups), dmar.or(other.dmar));
    }
}
