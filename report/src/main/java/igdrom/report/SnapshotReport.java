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
        implements PageReport {
    /// A fact that could not be read.
    ///
    /// @param reason with the source of the fact
    public record Missing(String subject, String reason) {}

    /// A subject, and what is known about it.
    public record Line(String subject, String text) {}

    /// What is known, in words.
    public List<Line> known() {
        return SnapshotSummary.of(snapshot);
    }

    /// The facts that a ROM or a diagnosis could use and that could not be read.
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
        add(missing, "holders of the framebuffer", snapshot.graphics().holders());
        add(missing, "IOMMU", snapshot.iommu().units());
        add(missing, "ACPI table DMAR", snapshot.iommu().dmar());
        add(missing, "log of the kernel", snapshot.kernel().log());
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
