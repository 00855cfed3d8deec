package igdrom.samples;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes the files of a Linux host with an N100, whose IGD has its own driver and is in a group of
/// its own.
public final class SampleHost {
    private static final String PCI = "sys/bus/pci/devices/";
    private static final String IGD = PCI + "0000:00:02.0/";
    private static final String LPC = PCI + "0000:00:1f.0/";
    private static final int CONFIG_SIZE = 256;

    private static final String LSPCI =
            """
            00:02.0 VGA compatible controller [0300]: Intel Corporation Alder Lake-N [UHD Graphics] [8086:46d1] (prog-if 00 [VGA controller])
            \tSubsystem: Intel Corporation Device [8086:7270]
            \tControl: I/O+ Mem+ BusMaster+ SpecCycle- MemWINV- VGASnoop- ParErr- Stepping- SERR- FastB2B- DisINTx+
            \tIOMMU group: 0
            \tRegion 0: Memory at 6000000000 (64-bit, non-prefetchable) [size=16M]
            \tRegion 2: Memory at 4000000000 (64-bit, prefetchable) [size=256M]
            \tRegion 4: I/O ports at 3000 [size=64]
            \tExpansion ROM at 000c0000 [virtual] [disabled] [size=128K]
            \tKernel driver in use: i915

            00:1f.0 ISA bridge [0601]: Intel Corporation Alder Lake-N PCH eSPI Controller [8086:5481]
            \tIOMMU group: 9
            """;

    private static final String LOG =
            """
            [    0.000000] Linux version 6.12.0 (builder@example.org) #1 SMP
            [    0.000000] Command line: root=/dev/sda1 intel_iommu=on
            [    0.010000] efi: EFI v2.8 by American Megatrends
            [    0.020000] DMAR: IOMMU enabled
            [    0.300000] DMAR: Intel(R) Virtualization Technology for Directed I/O
            [    2.000000] i915 0000:00:02.0: [drm] VT-d active for gfx access
            """;

    private SampleHost() {}

    /// What `lspci -vvnn` and `dmesg` print on it, by the names of files.
    public static Map<String, Image> texts() {
        return Map.of("lspci.txt", text(LSPCI), "dmesg.txt", text(LOG));
    }

    /// Copies of its files in `/sys` and `/proc`, by their paths.
    public static Map<String, Image> files() {
        Map<String, Image> files = new LinkedHashMap<>();
        function(files, IGD, 0x46d1, 0x030000);
        files.put(IGD + "boot_vga", text("1\n"));
        function(files, LPC, 0x5481, 0x060100);
        files.put("sys/kernel/iommu_groups/0/type", text("DMA\n"));
        files.put("sys/firmware/efi/fw_platform_size", text("64\n"));
        files.put("proc/cmdline", text("root=/dev/sda1 intel_iommu=on\n"));
        files.put("proc/sys/kernel/osrelease", text("6.12.0\n"));
        files.put("proc/modules", text("i915 4096 1 - Live 0x0000000000000000\n"));
        files.put(
                "proc/cpuinfo",
                text("model name\t: Intel(R) N100\nflags\t\t: vmx lm ept vpid\nbugs\t\t:\n"));
        return files;
    }

    private static void function(
            Map<String, Image> files, String directory, int device, int classCode) {
        files.put(directory + "vendor", text("0x8086\n"));
        files.put(directory + "device", text("0x%04x\n".formatted(device)));
        files.put(directory + "class", text("0x%06x\n".formatted(classCode)));
        files.put(directory + "revision", text("0x00\n"));
        Emitter config = new Emitter();
        config.u16(0x8086).u16(device).u32(0).u32((long) classCode << 8);
        config.fillTo(CONFIG_SIZE, 0);
        files.put(directory + "config", config.toImage());
    }

    private static Image text(String text) {
        return Image.ofAscii(text);
    }
}
