/// What is known about Intel's integrated GPUs and their drivers: tables, each row with the source
/// it was taken from and the day it was checked. Code asks here; no list of device ids stands
/// elsewhere.
///
/// Enter at [Knowledge][igdrom.knowledge.Knowledge]. The tables are `*.tsv` beside these classes; a
/// cell without a value holds `-`, and where sources disagree the row's note says so.
///
/// Not here: GPUs before Sandy Bridge, graphics cards.
@NullMarked
package igdrom.knowledge;

import org.jspecify.annotations.NullMarked;
