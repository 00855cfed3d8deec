package igdrom.plan.host;

import java.util.List;

/// Why the IGD of a host cannot go to a guest for a test.
///
/// @param reason for programs, and for what only a surface of igdrom can advise
/// @param why what was found and what it means, as a clause without a full stop
/// @param fixes what the owner can do on the host
public record TrialRefusal(Reason reason, String why, List<Fix> fixes) {
    /// The kinds of reasons.
    public enum Reason {
        /// The host does not run Linux.
        SYSTEM,
        /// Only root may hand devices to guests.
        NOT_ROOT,
        /// There is no Intel GPU that igdrom knows.
        DEVICE,
        /// Without an IOMMU a guest's device reaches all memory.
        IOMMU,
        /// Other devices would go to the guest too.
        GROUP,
        /// vfio-pci refuses the device for the sake of its bridges.
        BRIDGES,
        /// The guest would reach the hardware's ASLS and BDSM.
        REGISTERS,
        /// vfio-pci is missing.
        VFIO,
        /// Another driver has the device.
        NOT_BOUND,
        /// Virtual functions of the device are in use.
        VIRTUAL_FUNCTIONS,
        /// A program or another guest has it.
        USED,
        /// The device has the only picture, and whoever started the test looks at it.
        ON_SCREEN
    }

    public TrialRefusal {
        fixes = List.copyOf(fixes);
    }
}
