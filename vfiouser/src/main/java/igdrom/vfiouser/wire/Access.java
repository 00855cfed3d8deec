package igdrom.vfiouser.wire;

/// A command that reaches the device itself. All others are the server's.
public sealed interface Access extends Request permits DeviceReset, RegionRead, RegionWrite {}
