package igdrom.host;

import igdrom.bytes.Image;

/// A connector of the IGD as its driver shows it.
///
/// @param name such as `HDMI-A-1`
/// @param connected whether a monitor is plugged in
/// @param edid the first block of the monitor's EDID, without serial numbers
public record Connector(String name, boolean connected, Fact<Image> edid) {}
