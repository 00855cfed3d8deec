package igdrom.knowledge;

import org.jspecify.annotations.Nullable;

/// A message of the kernel about Intel graphics: a row of `kernel-messages.tsv`.
///
/// @param text that a line contains
/// @param meaning for a person, as a clause
/// @param about what else a line has to contain; null for nothing
public record KernelMessage(
        String id,
        String text,
        Level level,
        String meaning,
        @Nullable String about,
        String source,
        String checked) {
    /// How bad it is.
    public enum Level {
        OK,
        WARNING,
        FAILURE
    }

    static KernelMessage of(TsvTable.Row row) {
        Level level =
                switch (row.text(2)) {
                    case "ok" -> Level.OK;
                    case "warning" -> Level.WARNING;
                    case "failure" -> Level.FAILURE;
                    default -> throw row.broken("\"" + row.text(2) + "\" is not a level");
                };
        return new KernelMessage(
                row.text(0),
                row.text(1),
                level,
                row.text(3),
                row.textOrNull(4),
                row.text(5),
                row.text(6));
    }

    /// Whether a line of the log is this message.
    public boolean isIn(String line) {
        return line.contains(text) && (about == null || line.contains(about));
    }
}
