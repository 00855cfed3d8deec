package igdrom.virtualigd;

/// The machine to which an IGD belongs: what its firmware has left in the registers that no
/// hypervisor emulates.
///
/// @param asls the address of the host's OpRegion
/// @param stolenBase where the host's stolen memory begins
/// @param registers who answers for ASLS and BDSM in the guest
/// @param dirty whether the display is as the host's firmware has left it, else as after power-on
public record IgdHost(long asls, long stolenBase, Registers registers, boolean dirty) {
    /// Addresses just below 2 GiB: a guest of 8 GiB has memory there, one of 512 MiB has none. The
    /// OpRegion does not begin at a page boundary, as on many hosts.
    public static final IgdHost TYPICAL =
            new IgdHost(0x7ab1_2018L, 0x7c00_0000L, Registers.EMULATED, false);

    /// Spec: Intel Core Processor Datasheet Volume 2, "Base of Data Stolen Memory": bit 0 is LOCK.
    static final int LOCK = 1;

    private static final long MIB = 1 << 20;

    /// Who answers for ASLS and BDSM in the guest.
    public enum Registers {
        /// The hypervisor: the guest's values never reach the device.
        ///
        /// Source: QEMU, hw/vfio/igd.c, `vfio_pci_igd_config_quirk`.
        EMULATED,
        /// The device itself, and BDSM is locked.
        ///
        /// Source: QEMU, hw/vfio/igd.c, `vfio_pci_igd_config_quirk`, which does nothing for a
        /// device without an OpRegion region; Linux, drivers/vfio/pci/vfio_pci_config.c: config
        /// space that belongs to no capability is passed through.
        LOCKED,
        /// The device itself, whose firmware has not locked BDSM.
        UNLOCKED,
        /// Nobody: the device is a virtual function of SR-IOV, which has neither register.
        ///
        /// Source: Linux, drivers/vfio/pci/vfio_pci_igd.c: a device whose ASLS is 0 has no OpRegion
        /// region.
        ABSENT
    }

    public IgdHost {
        if (asls >>> 32 != 0 || stolenBase >>> 32 != 0 || (stolenBase & (MIB - 1)) != 0) {
            throw new IllegalArgumentException(
                    "OpRegion at 0x%x, stolen memory at 0x%x: no host has these"
                            .formatted(asls, stolenBase));
        }
    }

    public IgdHost withStolenBase(long base) {
        return new IgdHost(asls, base, registers, dirty);
    }

    public IgdHost withRegisters(Registers registers) {
        return new IgdHost(asls, stolenBase, registers, dirty);
    }

    public IgdHost withDirtyDisplay() {
        return new IgdHost(asls, stolenBase, registers, true);
    }

    /// Whether ASLS and BDSM are the host's own registers.
    public boolean raw() {
        return registers != Registers.EMULATED;
    }

    /// Whether the device is a virtual function of SR-IOV.
    public boolean isVirtualFunction() {
        return registers == Registers.ABSENT;
    }

    /// The value of BDSM on the host.
    public long bdsm() {
        return registers == Registers.LOCKED ? stolenBase | LOCK : stolenBase;
    }
}
