package igdrom.plan.vm;

import igdrom.plan.GuestMachine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a definition of a virtual machine says about its IGD, whoever wrote it. What is null is
/// left to the hypervisor, or not known.
///
/// @param versions of what runs it
/// @param machine its kind
/// @param firmware that it starts
/// @param secureBoot whether the firmware enforces Secure Boot
/// @param memoryMiB of the guest
/// @param addressWidth of the guest's processor
/// @param igd the IGD, null when the definition has none
/// @param others devices that matter: those passed through, and those in slots that the IGD needs
/// @param emulatedDisplay whether the hypervisor adds a display of its own
/// @param lowBars whether OVMF is told to keep all BARs below 4 GiB
/// @param guest its operating system
public record VmDefinition(
        Hypervisor hypervisor,
        Versions versions,
        @Nullable GuestMachine machine,
        @Nullable GuestFirmware firmware,
        boolean secureBoot,
        @Nullable Integer memoryMiB,
        @Nullable AddressWidth addressWidth,
        @Nullable IgdDevice igd,
        List<GuestDevice> others,
        boolean emulatedDisplay,
        boolean lowBars,
        @Nullable GuestSystem guest) {
    public VmDefinition {
        others = List.copyOf(others);
    }

    /// The same definition, run by these versions.
    public VmDefinition withVersions(Versions those) {
        return new VmDefinition(
                hypervisor,
                those,
                machine,
                firmware,
                secureBoot,
                memoryMiB,
                addressWidth,
                igd,
                others,
                emulatedDisplay,
                lowBars,
                guest);
    }
}
