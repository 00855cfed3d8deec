package igdrom.plan;

import igdrom.bytes.Image;
import igdrom.driver.RomData.OpRegionOrigin;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Platform;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What goes into a ROM.
///
/// @param classCode of the device, 24 bits
/// @param platform of the device, or of the one that it is treated as
/// @param treatAs device id whose generation the driver takes, 0 for the device's own
/// @param machines that the ROM is for
/// @param opRegion with what follows its 8 KiB, null for none
/// @param origin where the OpRegion comes from
/// @param vbt the VBT in the OpRegion
/// @param stolen zeros for what is not known
/// @param decisions in the order in which they were made
public record Plan(
        PciId device,
        int classCode,
        Platform platform,
        int treatAs,
        List<Part<RomImage>> vgaBioses,
        @Nullable PlannedGop gop,
        Set<GuestMachine> machines,
        @Nullable Part<Image> opRegion,
        OpRegionOrigin origin,
        PlannedVbt vbt,
        StolenMemory stolen,
        RomRequest request,
        List<Decision> decisions,
        List<PlanMessage> messages)
        implements PlanResult {
    public Plan {
        vgaBioses = List.copyOf(vgaBioses);
        machines = Collections.unmodifiableSet(EnumSet.copyOf(machines));
        decisions = List.copyOf(decisions);
        messages = List.copyOf(messages);
    }
}
