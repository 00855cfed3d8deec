package igdrom.host;

import igdrom.bytes.Image;
import java.util.List;

/// What the host knows about the display of its IGD.
///
/// @param opRegion as found, with the VBT after its 8 KiB where that could be read
/// @param vbt as the driver that has the device shows it
/// @param stolenMemory as the kernel reserves it
/// @param holders drivers that hold memory of its BARs for the firmware's framebuffer
/// @param connectors of the IGD; empty where no driver shows any
/// @param users processes that have a device node of it open
/// @param rom the images in its ROM, read on request only
public record Graphics(
        Fact<Image> opRegion,
        Fact<Image> vbt,
        Fact<MemoryRange> stolenMemory,
        Fact<List<FramebufferHolder>> holders,
        Fact<List<Connector>> connectors,
        Fact<List<DeviceUser>> users,
        Fact<List<DeviceRomImage>> rom) {
    /// Nothing is known.
    public static Graphics unknown(String source, String reason) {
        return new Graphics(
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason));
    }

    /// These facts, and the other ones where these are unknown.
    public Graphics or(Graphics other) {
        return new Graphics(
                opRegion.or(other.opRegion),
                vbt.or(other.vbt),
                stolenMemory.or(other.stolenMemory),
                holders.or(other.holders),
                connectors.or(other.connectors),
                users.or(other.users),
                rom.or(other.rom));
    }
}
