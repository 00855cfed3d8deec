package igdrom.report;

import igdrom.formats.pci.PciId;
import igdrom.host.OperatingSystem;
import igdrom.host.Snapshot;
import org.jspecify.annotations.Nullable;

/// Where the facts about a host are from, and what a command about it has to name again.
///
/// @param name of the file or directory, as the user wrote it; empty for this machine
/// @param firmware the image of its firmware, null when none was given
/// @param freeBsd whether FreeBSD runs on it, where igdrom itself seldom does
/// @param device its IGD, null when that is not known
/// @param bridge its LPC bridge, null when that is not known
public record HostSource(
        Kind kind,
        String name,
        @Nullable String firmware,
        boolean freeBsd,
        @Nullable PciId device,
        @Nullable PciId bridge) {
    /// The kind of source.
    public enum Kind {
        /// The machine that igdrom runs on, or a copy of its files.
        MACHINE,
        /// A snapshot.
        SNAPSHOT,
        /// Texts that somebody pasted.
        TEXTS
    }

    /// The source of a snapshot.
    public static HostSource of(
            Kind kind, String name, @Nullable String firmware, Snapshot snapshot) {
        return new HostSource(
                kind,
                name,
                firmware,
                snapshot.machine().system().value().orElse(null) == OperatingSystem.FREEBSD,
                snapshot.igd().id().value().orElse(null),
                snapshot.lpc().id().value().orElse(null));
    }
}
