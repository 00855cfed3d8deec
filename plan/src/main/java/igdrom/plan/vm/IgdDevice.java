package igdrom.plan.vm;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The IGD in the definition of a virtual machine.
///
/// @param host its address on the host: `0000:00:02.0`
/// @param bus of the guest: `pci.0` or `pcie.0`; null where the hypervisor chooses it
/// @param address on that bus; null where the hypervisor chooses it
/// @param options of `vfio-pci` by name, in their order; empty on bhyve
/// @param romFile the option ROM as the hypervisor finds it; null for none
public record IgdDevice(
        String host,
        @Nullable String bus,
        @Nullable SlotAddress address,
        SequencedMap<String, String> options,
        @Nullable String romFile) {
    public IgdDevice {
        options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
    }
}
