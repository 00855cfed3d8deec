package igdrom.report.text;

import igdrom.report.Detail;

/// The medium that a text is for.
///
/// @param columns of a line, 0 when lines may have any length: text in a file or a pipe is not
///   folded, so that `grep` finds whole lines
/// @param unicode whether line drawing characters and the like can be shown
/// @param detail how much of a report is shown
public record TextLayout(int columns, boolean unicode, Detail detail) {
    boolean all() {
        return detail == Detail.ALL;
    }
}
