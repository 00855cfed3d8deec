package igdrom.report;

/// What somebody can do about what the driver reported from a guest.
public enum DriverRemedy {
    /// Check the definition of the VM.
    CHECK_VM,
    /// Check the host.
    CHECK_HOST,
    /// Name a known device of the same generation.
    TREAT_AS_KNOWN_DEVICE,
    /// Install the guest's own driver: there is nothing to mend.
    GUEST_DRIVER,
    /// Change the size of stolen memory.
    STOLEN_SIZE,
    /// Give the guest more memory.
    MORE_MEMORY,
    /// Let the hypervisor or the ROM offer an OpRegion.
    OFFER_OPREGION,
    /// Use the VBT of the board itself.
    OWN_VBT,
    /// Check the ROM without a guest.
    VERIFY_ROM,
    /// Test the ROM.
    TEST_ROM,
    /// Report a problem in igdrom.
    REPORT_PROBLEM
}
