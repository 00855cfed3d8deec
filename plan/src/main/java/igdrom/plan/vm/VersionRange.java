package igdrom.plan.vm;

import igdrom.knowledge.TsvTable;
import org.jspecify.annotations.Nullable;

/// Versions from one on, and below another one.
///
/// @param below null for no limit
record VersionRange(ProgramVersion from, @Nullable ProgramVersion below) {
    /// The range in two cells of a row.
    static VersionRange of(TsvTable.Row row, int column) {
        String end = row.textOrNull(column + 1);
        return new VersionRange(
                ProgramVersion.of(row.text(column)), end == null ? null : ProgramVersion.of(end));
    }

    boolean contains(ProgramVersion version) {
        return version.isAtLeast(from) && (below == null || !version.isAtLeast(below));
    }
}
