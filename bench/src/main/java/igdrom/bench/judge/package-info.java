/// From what was expected and what was seen to a verdict. Pure functions: enter at
/// [Judge][igdrom.bench.judge.Judge].
///
/// Source: igdrom's design, "The driver in the ROM", whose rules are the ones that are checked.
@NullMarked
package igdrom.bench.judge;

import org.jspecify.annotations.NullMarked;
