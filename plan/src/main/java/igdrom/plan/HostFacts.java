package igdrom.plan;

import igdrom.host.Snapshot;
import org.jspecify.annotations.Nullable;

/// The facts of the machine that a ROM is for.
///
/// @param file that they were read from, null when they were read from the machine itself
public record HostFacts(Snapshot snapshot, @Nullable String file) {}
