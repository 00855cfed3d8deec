package igdrom.plan.vm;

import org.jspecify.annotations.Nullable;

/// Another device of a virtual machine.
///
/// @param name for messages
/// @param host its address on the host, null for an emulated one
/// @param bus of the guest, null where the hypervisor chooses it
/// @param address on that bus, null where the hypervisor chooses it
public record GuestDevice(
        String name, @Nullable String host, @Nullable String bus, @Nullable SlotAddress address) {}
