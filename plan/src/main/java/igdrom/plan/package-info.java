/// Decides what goes into a ROM: a pure function of a [RomRequest], the [Parts] that were found,
/// and the facts of a machine. Enter at [Planner#plan].
///
/// Each choice is a [Decision] with its [Reason]s as data; what conflicts is a [PlanMessage] with
/// its [Remedy]s. Nothing here knows how options are spelled.
///
/// ```java
/// PlanResult result = Planner.plan(RomRequest.of(PciId.intel(0x46d1)), Parts.NONE, null);
/// switch (result) {
///     case Plan plan -> plan.decisions().forEach(decision -> use(decision.choice()));
///     case PlanResult.Refused refused -> refused.messages().forEach(this::show);
/// }
/// ```
@NullMarked
package igdrom.plan;

import org.jspecify.annotations.NullMarked;
