package igdrom.plan.vm;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.plan.GuestMachine;
import org.jspecify.annotations.Nullable;

/// The memory of a guest in which an IGD's ranges are wanted. What is null is taken from the host.
///
/// @param machine whose limit of low memory applies
/// @param memoryMiB of the guest
/// @param stolenBase of the host
/// @param stolenSize of the host
/// @param opRegion with what follows its 8 KiB
public record LayoutRequest(
        @Nullable PciId device,
        GuestMachine machine,
        int memoryMiB,
        @Nullable Long stolenBase,
        @Nullable Long stolenSize,
        @Nullable Image opRegion) {}
