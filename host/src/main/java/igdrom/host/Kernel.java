package igdrom.host;

import java.util.List;
import java.util.Map;

/// The kernel of a host.
///
/// @param release such as `6.12.117+deb13-amd64`
/// @param commandLine without identifiers of disks
/// @param options those of its configuration that matter here: `CONFIG_VFIO_PCI_IGD` to `y`, `m` or
///   `n`
/// @param modules that are loaded
/// @param consoles that can show the text of its terminals
/// @param log lines of its log that matter here, without time stamps
public record Kernel(
        Fact<String> release,
        Fact<String> commandLine,
        Fact<Map<String, String>> options,
        Fact<List<String>> modules,
        Fact<List<TextConsole>> consoles,
        Fact<List<String>> log) {
    /// Nothing is known.
    public static Kernel unknown(String source, String reason) {
        return new Kernel(
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason));
    }

    /// These facts, and the other ones where these are unknown.
    Kernel or(Kernel other) {
        return new Kernel(
                release.or(other.release),
                commandLine.or(other.commandLine),
                options.or(other.options),
                modules.or(other.modules),
                consoles.or(other.consoles),
                log.or(other.log));
    }
}
