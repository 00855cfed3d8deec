package igdrom.plan.host;

/// What the owner of a host can do next with igdrom.
public enum HostRemedy {
    /// Read the facts of the host with the rights of root.
    READ_AS_ROOT,
    /// Read the facts on the host itself, not on what it shows to a guest or a container.
    READ_ON_HOST,
    /// Look into an image of the board's firmware.
    GIVE_FIRMWARE,
    /// Paste or record what is missing.
    GIVE_MORE_FACTS,
    /// Judge the host again after the fixes.
    CHECK_AGAIN,
    /// Build the ROM for this host.
    BUILD_ROM,
    /// Build a ROM without a GOP for this host.
    BUILD_ROM_WITHOUT_GOP
}
