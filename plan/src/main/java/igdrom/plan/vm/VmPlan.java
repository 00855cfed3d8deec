package igdrom.plan.vm;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.Platform;
import igdrom.plan.GuestMachine;
import igdrom.plan.PlanMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A virtual machine that gets an IGD.
///
/// @param device the GPU
/// @param platform of it, null when it is not known
/// @param machine its kind
/// @param firmware that it starts
/// @param romSource the file that the ROM is in now, null for none
/// @param why the options of the IGD are these, a sentence without a full stop
/// @param macos what macOS needs, null for other systems
/// @param hostFunctions that the guest gets, by their addresses on the host
public record VmPlan(
        VmDefinition definition,
        PciId device,
        @Nullable Platform platform,
        GuestMachine machine,
        GuestFirmware firmware,
        IgdDevice igd,
        AddressWidth addressWidth,
        int memoryMiB,
        @Nullable String romSource,
        String why,
        @Nullable MacosSupport macos,
        List<String> hostFunctions,
        List<PlanMessage> messages)
        implements VmResult {
    public VmPlan {
        hostFunctions = List.copyOf(hostFunctions);
        messages = List.copyOf(messages);
    }
}
