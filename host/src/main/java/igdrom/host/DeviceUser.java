package igdrom.host;

/// A process that has a device node open.
///
/// @param program its name as the kernel shows it, of at most 15 characters
/// @param process its number
/// @param node such as `/dev/dri/card0`, or `/dev/vfio/2` where a guest has the device
public record DeviceUser(String program, int process, String node) {}
