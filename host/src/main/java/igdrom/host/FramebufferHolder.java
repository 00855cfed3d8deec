package igdrom.host;

/// A driver of the firmware's framebuffer that holds memory of a PCI function.
///
/// @param name such as `efifb`, `BOOTFB` or `simple-framebuffer`
/// @param source where it was seen
public record FramebufferHolder(String name, String source) {}
