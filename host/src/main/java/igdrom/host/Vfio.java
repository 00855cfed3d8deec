package igdrom.host;

import java.util.List;

/// vfio-pci on a Linux host.
///
/// @param loaded whether the module is there
/// @param disableVga its parameter `disable_vga`
/// @param configured lines of `/etc/modprobe.d` about vfio and the drivers of the IGD, each with
///   its file
/// @param nodes names in `/dev/vfio`: `vfio`, and the number of each group that vfio-pci has
public record Vfio(
        Fact<Boolean> loaded,
        Fact<Boolean> disableVga,
        Fact<List<String>> configured,
        Fact<List<String>> nodes) {
    /// Nothing is known.
    public static Vfio unknown(String source, String reason) {
        return new Vfio(
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason));
    }

    /// These facts, and the other ones where these are unknown.
    Vfio or(Vfio other) {
        return new Vfio(
                loaded.or(other.loaded),
                disableVga.or(other.disableVga),
                configured.or(other.configured),
                nodes.or(other.nodes));
    }
}
