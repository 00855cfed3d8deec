package igdrom.plan.vm;

import igdrom.bytes.Image;
import igdrom.formats.e820.E820Map;
import igdrom.formats.pci.PciId;
import igdrom.host.MemoryRange;
import igdrom.knowledge.Platform;
import igdrom.plan.PlanMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a hypervisor puts what an IGD needs in the memory of its guest.
///
/// @param opRegion the pages of the OpRegion
/// @param stolen stolen memory, null where the guest needs none
/// @param identical whether stolen memory is where the host has it
/// @param map the memory of the guest
/// @param files of fw_cfg
/// @param registers of the GPU, which the hypervisor emulates
public record GuestLayout(
        PciId device,
        Platform platform,
        MemoryRange opRegion,
        @Nullable MemoryRange stolen,
        boolean identical,
        E820Map map,
        List<FwCfgFile> files,
        List<Register> registers,
        List<PlanMessage> messages)
        implements LayoutResult {
    /// A file that the driver in the ROM reads.
    ///
    /// @param name such as `etc/igd-opregion`
    public record FwCfgFile(String name, Image content) {}

    /// A register with the value that the guest reads.
    ///
    /// @param location such as `config 0x5c`
    /// @param bits 32 or 64
    public record Register(String name, String location, int bits, long value) {}

    public GuestLayout {
        files = List.copyOf(files);
        registers = List.copyOf(registers);
        messages = List.copyOf(messages);
    }
}
