package igdrom.plan;

/// Which OpRegion the driver gives to the guest when there is more than one.
public enum OpRegionSource {
    /// The hypervisor's, else the embedded one.
    HYPERVISOR_FIRST,
    /// Always the embedded one.
    EMBEDDED
}
