package igdrom.host;

import igdrom.bytes.Image;

/// What a ROM needs to know about the machine it is for. Serial numbers are taken out.
///
/// @param measuredBy the program that asked
/// @param igd the graphics, 00:02.0 as a rule
/// @param hostBridge 00:00.0
/// @param lpc the ISA bridge, 00:1f.0
/// @param opRegion with the VBT behind its 8 KiB where that could be read
/// @param vbt as the driver that has the device shows it
/// @param stolenMemory as the kernel reserves it
public record Snapshot(
        String measuredBy,
        PciFunction igd,
        PciFunction hostBridge,
        PciFunction lpc,
        Fact<Image> opRegion,
        Fact<Image> vbt,
        Fact<MemoryRange> stolenMemory) {
    /// Reads everything that can be read.
    ///
    /// @param measuredBy the program that asks, and its version
    public static Snapshot of(HostRoot host, String measuredBy) {
        return HostReader.snapshot(host, measuredBy);
    }
}
