package igdrom.host;

import java.util.List;
import java.util.Optional;

/// What the host does with a PCI function, and what the function offers.
///
/// @param driver that is bound; empty for none
/// @param driverOverride the only driver that may be bound; empty for any
/// @param iommuGroup empty where the IOMMU is off
/// @param bars its memory and I/O ranges
/// @param bootVga whether the firmware showed its picture with it
/// @param resetMethods such as `flr`; empty where it cannot be reset
/// @param powerState such as `D0`; `unknown` until a driver was bound
/// @param d3coldAllowed whether the host may switch its power off
/// @param physicalFunction the address of the function whose virtual function it is; empty for a
///   physical one
/// @param virtualFunctions how many virtual functions it can have, and has
public record PciUse(
        Fact<Optional<String>> driver,
        Fact<Optional<String>> driverOverride,
        Fact<Optional<Integer>> iommuGroup,
        Fact<List<PciBar>> bars,
        Fact<Boolean> bootVga,
        Fact<List<String>> resetMethods,
        Fact<String> powerState,
        Fact<Boolean> d3coldAllowed,
        Fact<Optional<String>> physicalFunction,
        Fact<VirtualFunctions> virtualFunctions) {
    /// Nothing is known.
    public static PciUse unknown(String source, String reason) {
        return new PciUse(
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason));
    }

    /// These facts, and the other ones where these are unknown.
    PciUse or(PciUse other) {
        return new PciUse(
                driver.or(other.driver),
                driverOverride.or(other.driverOverride),
                iommuGroup.or(other.iommuGroup),
                bars.or(other.bars),
                bootVga.or(other.bootVga),
                resetMethods.or(other.resetMethods),
                powerState.or(other.powerState),
                d3coldAllowed.or(other.d3coldAllowed),
                physicalFunction.or(other.physicalFunction),
                virtualFunctions.or(other.virtualFunctions));
    }
}
