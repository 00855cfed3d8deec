package igdrom.host;

/// The virtual functions of a PCI function with SR-IOV.
///
/// @param total the maximum; 0 without SR-IOV
/// @param enabled how many there are now
public record VirtualFunctions(int total, int enabled) {}
