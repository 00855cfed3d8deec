package igdrom.host;

/// A connector of the IGD as its driver shows it.
///
/// @param name such as `HDMI-A-1`
/// @param connected whether a monitor is plugged in
public record Connector(String name, boolean connected) {}
