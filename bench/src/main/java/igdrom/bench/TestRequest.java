package igdrom.bench;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.virtualigd.IgdHost;
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
/// @param host the machine to which the device belongs
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
        boolean reboot,
        Host host) {
    /// A PCI device to emulate.
    public record Device(PciId id, int revision) {}

    /// What the guest sees of the host.
    ///
    /// @param registers who answers for ASLS and BDSM
    /// @param dirty whether the display is as the host's firmware has left it
    /// @param stolenBase where the host's stolen memory begins; else where the ROM expects it
    public record Host(IgdHost.Registers registers, boolean dirty, Optional<Long> stolenBase) {
        /// A host whose hypervisor emulates the registers.
        public static final Host EMULATED =
                new Host(IgdHost.Registers.EMULATED, false, Optional.empty());
    }

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
                false,
                Host.EMULATED);
    }

    /// A copy with another host.
    public TestRequest withHost(Host other) {
        return new TestRequest(
                rom,
                device,
                type,
                lpc,
                opRegion,
                fwCfg,
                presetAsls,
                presetBdsm,
                memoryMiB,
                reboot,
                other);
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
                reboot,
                host);
    }
}
