package igdrom.vfiouser.wire;

/// A request that the device itself handles. The server handles all others.
public sealed interface Access extends Request permits DeviceReset, RegionRead, RegionWrite {}
