package igdrom.report;

/// What the owner of a ROM can try when its test does not pass.
public enum TestRemedy {
    /// Run the test again when the machine is less busy.
    REPEAT,
    /// Give the guest more time.
    MORE_TIME,
    /// Look at what the drivers printed and which registers they used.
    SHOW_TRACE,
    /// Use the VBT of the board itself.
    OWN_VBT,
    /// Build a ROM with igdrom.
    BUILD_ROM,
    /// Check the ROM without a guest.
    VERIFY_ROM,
    /// Name the host's LPC bridge when the ROM is built.
    LPC_BRIDGE,
    /// Take a GOP that lists the device.
    OTHER_GOP,
    /// Report a problem in igdrom.
    REPORT_PROBLEM
}
