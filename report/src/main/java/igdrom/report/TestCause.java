package igdrom.report;

import igdrom.knowledge.TsvTable;

/// Why a test does not pass: a row of `test-causes.tsv`.
///
/// @param id for programs: never changed
/// @param what happened
/// @param likely the likely cause
/// @param next what to try
public record TestCause(String id, String what, String likely, TestRemedy next) {
    private static final class Rows {
        private static final TsvTable TABLE =
                TsvTable.load(
                        TestCause.class, "test-causes.tsv", "cause", "what", "likely", "next");
    }

    /// The row of a cause, with the detail that it names.
    ///
    /// @param detail what was observed, in words; empty when the row does not name it
    /// @throws IllegalArgumentException when there is no such row
    public static TestCause of(String id, String detail) {
        for (TsvTable.Row row : Rows.TABLE.rows()) {
            if (row.text(0).equals(id)) {
                return new TestCause(
                        id,
                        row.text(1).replace("%s", detail),
                        row.text(2).replace("%s", detail),
                        TestRemedy.valueOf(row.text(3)));
            }
        }
        throw new IllegalArgumentException("test-causes.tsv has no row for " + id);
    }
}
