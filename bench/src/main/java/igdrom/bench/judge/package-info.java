/// The verdict on one run of a ROM: pure functions from what is expected and what was observed.
///
/// Enter at [Judge][igdrom.bench.judge.Judge].
///
/// ```java
/// Verdict verdict = Judge.verdict(expectation, observations);
/// boolean passed = verdict.passed();
/// List<String> limits = verdict.notProved();
/// ```
///
/// The expected OpRegion comes from the driver's own rules in `igdrom.driver`, which tests compare
/// with the driver; the judge checks the guest's memory. A new check belongs into the judge of its
/// subject, with a test in `JudgeTest` that changes one thing and sees one check fail.
///
/// Source: docs/driver-data.md and the decisions in docs/decisions.
@NullMarked
package igdrom.bench.judge;

import org.jspecify.annotations.NullMarked;
