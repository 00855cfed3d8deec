package igdrom.plan;

/// What the owner can do about a message. Each surface spells them its own way.
public enum Remedy {
    /// Name the device that the ROM is for.
    NAME_DEVICE,
    /// Name a known device of the same generation.
    TREAT_AS_KNOWN_DEVICE,
    /// Build the ROM without a GOP.
    LEAVE_GOP_OUT,
    /// Give the id of the host's LPC bridge.
    GIVE_LPC_BRIDGE,
    /// Let the GOP be edited.
    EDIT_GOP,
    /// Build the ROM for machine pc only.
    BUILD_FOR_PC,
    /// Repack the VBT for the GOP.
    REPACK_VBT,
    /// Give the VBT of the board.
    GIVE_VBT,
    /// Give an OpRegion or a VBT.
    GIVE_OPREGION_OR_VBT,
    /// Give an OpRegion.
    GIVE_OPREGION,
    /// Give the facts of the host, or the base of its stolen memory.
    GIVE_STOLEN_BASE,
    /// Give a snapshot of the host.
    GIVE_SNAPSHOT,
    /// Give the version of the hypervisor.
    GIVE_VERSION,
    /// Choose another machine for the guest.
    CHOOSE_MACHINE,
    /// Build a ROM for this device and machine.
    BUILD_ROM,
    /// Build a ROM for the machine of this guest.
    BUILD_FOR_MACHINE
}
