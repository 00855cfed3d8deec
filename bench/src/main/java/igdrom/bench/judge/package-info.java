/// The verdict on a run, from its expectation and observations. Pure functions: enter at
/// [Judge][igdrom.bench.judge.Judge].
///
/// Source: igdrom's design, "The driver in the ROM", whose rules are checked here.
@NullMarked
package igdrom.bench.judge;

import org.jspecify.annotations.NullMarked;
