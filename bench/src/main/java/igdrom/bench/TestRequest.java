package igdrom.bench;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import java.util.Optional;

/// What the user asks for when testing a ROM. [MachineChoice] decides what is left empty.
///
/// @param device the device to emulate; else one that the ROM is for
/// @param type the machine type; else the one that the ROM's GOP works on
/// @param lpc the LPC bridge at 00:1f.0, on [MachineType#PC] only
/// @param opRegion the host's OpRegion; else a sample
/// @param fwCfg whether the guest gets the fw_cfg files that QEMU provides for an IGD
/// @param presetAsls whether the OpRegion is in memory and ASLS is set before the guest starts, as
///   on bhyve
/// @param presetBdsm whether BDSM is set before the guest starts
/// @param memoryMiB the size of the guest's memory
/// @param reboot whether to reset the machine once and test again
public record TestRequest(
        RomContents rom,
        Optional<Device> device,
        Optional<MachineType> type,
        Optional<PciId> lpc,
        Optional<Image> opRegion,
        Optional<Boolean> fwCfg,
        boolean presetAsls,
        boolean presetBdsm,
        Optional<Integer> memoryMiB,
        boolean reboot) {
    /// A PCI device to emulate.
    public record Device(PciId id, int revision) {}

    /// A request without wishes.
    public static TestRequest of(RomContents rom) {
        return new TestRequest(
                rom,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                false);
    }

    /// The same request with or without the fw_cfg files.
    TestRequest withFwCfg(boolean wanted) {
        return new TestRequest(
                rom,
                device,
                type,
                lpc,
                opRegion,
                Optional.of(wanted),
                presetAsls,
                presetBdsm,
                memoryMiB,
                reboot);
    }
}
