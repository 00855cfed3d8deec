package igdrom.knowledge;

import org.jspecify.annotations.Nullable;

/// What a release of a kernel or hypervisor changed for Intel graphics: a row of `changes.tsv`.
///
/// @param program `linux`, `qemu` or `freebsd`
/// @param release the first that has it; null where every known one has
/// @param what it does, as a clause
public record Change(
        String id,
        String program,
        @Nullable Release release,
        String what,
        String source,
        String checked) {
    static Change of(TsvTable.Row row) {
        String release = row.textOrNull(2);
        return new Change(
                row.text(0),
                row.text(1),
                release == null ? null : Release.of(release),
                row.text(3),
                row.text(4),
                row.text(5));
    }

    /// Whether a release has it.
    public boolean isIn(Release other) {
        return release == null || !other.isBefore(release);
    }
}
