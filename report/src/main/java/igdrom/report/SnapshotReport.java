package igdrom.report;

import igdrom.host.Fact;
import igdrom.host.PciFunction;
import igdrom.host.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a snapshot records, and what is missing from it.
///
/// @param output the file that it was written to, null for standard output
/// @param size of the file
public record SnapshotReport(@Nullable String output, long size, Snapshot snapshot)
        implements Report {
    /// A fact that could not be read.
    ///
    /// @param reason with the source of the fact
    public record Missing(String subject, String reason) {}

    /// The facts that a ROM could use and that could not be read.
    public List<Missing> missing() {
        List<Missing> missing = new ArrayList<>();
        PciFunction igd = snapshot.igd();
        if (igd.config()
                .value()
                .map(bytes -> bytes.size() < PciFunction.CONFIG_SIZE)
                .orElse(true)) {
            missing.add(new Missing("registers", igd.config().source() + ": root can read them"));
        }
        add(missing, "OpRegion", snapshot.opRegion());
        add(missing, "VBT", snapshot.vbt());
        add(missing, "stolen memory", snapshot.stolenMemory());
        return missing;
    }

    private static void add(List<Missing> missing, String subject, Fact<?> fact) {
        switch (fact) {
            case Fact.Known<?> _ -> {}
            case Fact.Unknown<?> unknown -> missing.add(new Missing(subject, unknown.message()));
        }
    }

    @Override
    public Answer answer() {
        return snapshot.igd().id().value().isPresent() ? Answer.YES : Answer.NO;
    }

    @Override
    public List<String> problems(Wording wording) {
        return switch (snapshot.igd().id()) {
            case Fact.Known<?> _ -> List.of();
            case Fact.Unknown<?> unknown ->
                    List.of("no Intel graphics found: " + unknown.message());
        };
    }
}
