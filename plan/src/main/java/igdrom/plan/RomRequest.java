package igdrom.plan;

import igdrom.formats.pci.PciId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the owner asks for. What is null or zero was not said.
///
/// @param lidOpen what the GOP is told about the lid
/// @param docked what the GOP is told about a docking station
/// @param embeddedWins the OpRegion in the ROM is taken even where the hypervisor offers one
/// @param withGop whether a GOP goes into the ROM where there is one
/// @param compressed whether the UEFI images are packed
/// @param treatAs the device whose generation to take for one that is not known
/// @param pch whether the GOP is told which LPC bridge there is
/// @param allowed what may not fit together
public record RomRequest(
        @Nullable PciId device,
        @Nullable GuestMachine machine,
        long stolenBase,
        long stolenSize,
        @Nullable Boolean lidOpen,
        @Nullable Boolean docked,
        boolean embeddedWins,
        boolean withGop,
        boolean compressed,
        @Nullable PciId treatAs,
        LpcBridgePolicy pch,
        Set<Conflict> allowed) {
    public RomRequest {
        allowed = Set.copyOf(allowed);
    }

    /// Nothing but the device.
    public static RomRequest of(PciId device) {
        return new RomRequest(
                device,
                null,
                0,
                0,
                null,
                null,
                false,
                true,
                false,
                null,
                LpcBridgePolicy.AUTO,
                Set.of());
    }
}
