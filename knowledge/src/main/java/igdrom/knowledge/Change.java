package igdrom.knowledge;

/// What a release of Linux changed for Intel graphics in guests: a row of `changes.tsv`.
///
/// @param release the first that has it, such as `6.15`
/// @param what it does, as a clause
public record Change(String id, String release, String what, String source, String checked) {
    static Change of(TsvTable.Row row) {
        return new Change(row.text(0), row.text(1), row.text(2), row.text(3), row.text(4));
    }
}
