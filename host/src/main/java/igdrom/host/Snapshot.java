package igdrom.host;

import igdrom.bytes.Image;

/// The facts of a machine that its ROM depends on, without serial numbers.
///
/// @param measuredBy the program that read them
/// @param igd the graphics, usually 00:02.0
/// @param hostBridge 00:00.0
/// @param lpc the LPC bridge, 00:1f.0
/// @param opRegion as found, with the VBT after its 8 KiB where that could be read
/// @param vbt as the driver that has the device shows it
/// @param stolenMemory as the kernel reserves it
public record Snapshot(
        String measuredBy,
        PciFunction igd,
        PciFunction hostBridge,
        PciFunction lpc,
        Fact<Image> opRegion,
        Fact<Image> vbt,
        Fact<MemoryRange> stolenMemory) {}
